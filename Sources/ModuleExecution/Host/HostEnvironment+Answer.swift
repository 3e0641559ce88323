public import InstructionSet
import ProgramCompiler
import WebAssembly

/// What the host does when a machine asks for a service.
public struct HostReply: Sendable {
  /// What is appended to the trace.
  public let tokens: [FullToken]
  /// What is seen from outside.
  public let event: ExecutionEvent?
  /// The code that ends the program.
  public let exitCode: UInt32?
  /// Whether a host that stands as this one stood answers the same: not what time it is, nor random bytes.
  public let isRepeatable: Bool
}

extension HostEnvironment {
  /// How many of a trace's last tokens a service may need.
  public static let tailLength = HostService.allCases.map { TraceTail.length($0.type.parameters) }.max() ?? 0

  /// Answers behind the token `host(n)`.
  ///
  /// - Parameters:
  ///   - service: the number n.
  ///   - tokens: the trace's last tokens, ``tailLength`` of them if there are so many, with `host(n)` at the end.
  /// - Throws: ``ExecutionError`` when there is no such service, its arguments do not stand there, or the input cannot be
  ///   read.
  public mutating func answer(
    _ service: Int, behind tokens: ArraySlice<FullToken>
  ) throws(ExecutionError) -> HostReply {
    var tail = TraceTail(capacity: Self.tailLength)
    tail.append(tokens)
    let expected = "a service and its arguments before host(\(service))"
    guard let service = HostService(rawValue: service), let arguments = tail.lastValues(service.type.parameters) else {
      throw ExecutionError(.unexpectedTrace(expected: expected), tokenCount: tail.tokenCount)
    }
    let answer: HostAnswer
    do throws(HostInputError) {
      answer = try serve(service, arguments)
    } catch {
      throw ExecutionError(.input(error), tokenCount: tail.tokenCount)
    }
    return HostReply(
      tokens: answer.exitCode == nil ? answer.tokens : [], event: answer.event, exitCode: answer.exitCode,
      isRepeatable: service != .clock && service != .random)
  }
}
