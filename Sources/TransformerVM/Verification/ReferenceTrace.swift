import ModuleExecution

/// The reference interpreter's tokens behind a program's prompt, by their ids, those of the host among them.
///
/// ```swift
/// var trace = try ReferenceTrace(of: program, vocabulary: executor.vocabulary)
/// while let id = try trace.next() { print(executor.vocabulary.text(of: Int(id))) }
/// ```
public struct ReferenceTrace {
  private var reference: ReferenceTokens
  private let vocabulary: MachineVocabulary
  private var host: RunHost
  /// The last tokens, which a request to the host is read from.
  private var tail: [UInt16] = []
  /// What the host has answered and is to be given out, from the end.
  private var answer: [Int32] = []
  private var remaining: Int
  /// The code by which the program has ended itself.
  public private(set) var exitCode: UInt32?

  private static let longestTail = 4096

  /// - Parameters:
  ///   - host: what the program runs in.
  ///   - maximumTokens: how many tokens to give at most; an answer of the host that begins before is given whole.
  /// - Throws: ``VirtualMachineError`` when program and vocabulary are of different profiles.
  public init(
    of program: MachineProgram, vocabulary: MachineVocabulary, host: RunHost = RunHost(), maximumTokens: Int = .max
  ) throws(VirtualMachineError) {
    reference = try ReferenceTokens(of: program, vocabulary: vocabulary)
    self.vocabulary = vocabulary
    self.host = host
    remaining = maximumTokens
  }

  /// The next token; nil at the end.
  ///
  /// - Throws: an error that says why, where the program does something undefined.
  public mutating func next() throws -> Int32? {
    guard remaining > 0 || !answer.isEmpty,
      let id = try answer.popLast() ?? reference.next() ?? firstOfAnswer()
    else { return nil }
    remaining -= 1
    if vocabulary.hasTraps {
      tail.append(UInt16(truncatingIfNeeded: id))
      if tail.count > Self.longestTail { tail.removeFirst(tail.count - HostEnvironment.tailLength) }
    }
    return id
  }

  /// Lets the host answer if it is asked; the token behind that.
  private mutating func firstOfAnswer() throws -> Int32? {
    guard reference.awaitsHost, let reply = try host.reply(behind: tail[...], vocabulary) else { return nil }
    host.tell(reply)
    exitCode = reply.exitCode
    guard exitCode == nil else { return nil }
    let ids = try vocabulary.ids(of: reply.tokens)
    try reference.read(ids.map { UInt16(truncatingIfNeeded: $0) }[...], vocabulary)
    answer = ids.reversed()
    return try answer.popLast() ?? reference.next() ?? firstOfAnswer()
  }
}
