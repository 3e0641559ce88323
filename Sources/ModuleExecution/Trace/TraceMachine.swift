public import InstructionSet

/// Something that continues a trace of the full profile: an interpreter, a graph, a transformer on some engine.
///
/// It stands behind the prompt of a program when it is made. From then on it writes tokens until one that pauses; the host
/// reads what was written, lets it read an answer, and lets it write again:
///
/// ```swift
/// while let pause = try machine.write(limit: limit, { trace += $0 }) {
///   guard let answer = host.answer(to: pause) else { break }
///   try machine.read(answer)
/// }
/// ```
public protocol TraceMachine: Sendable {
  /// One line about what keeps a faster machine from running; nil when nothing does.
  var warning: String? { get }

  /// Reads what the host appends behind a token that pauses; none, where it has nothing to answer.
  mutating func read(_ tokens: [FullToken]) throws(TraceMachineError)

  /// Writes tokens up to one that pauses, or up to a limit.
  ///
  /// - Parameters:
  ///   - limit: how many tokens to write at most.
  ///   - observe: gets the tokens in their order, in slices of any length above 0; the last ends with the token that pauses.
  /// - Returns: why the machine pauses; nil at the limit, behind which it can go on.
  mutating func write(
    limit: Int, _ observe: (ArraySlice<FullToken>) -> Void
  ) throws(TraceMachineError) -> FullPause?
}

extension TraceMachine {
  /// Nothing does.
  public var warning: String? { nil }
}

/// Why a machine cannot continue a trace.
public struct TraceMachineError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What was expected, in one line.
  public let description: String

  public init(_ description: String) {
    self.description = description
  }
}
