/// Every prediction of a trace, computed again and compared.
public struct TraceVerification: Sendable {
  /// A position whose prediction is not the trace's next token.
  public struct Difference: Hashable, Sendable, CustomStringConvertible {
    /// The position of the token that was expected, the prompt's first token being 0.
    public let position: Int
    /// How many tokens of the prompt are before it.
    public let promptCount: Int
    /// The trace's token.
    public let expected: String
    /// The model's token.
    public let predicted: String

    public var description: String {
      "position \(position) (generated token \(position - promptCount)): expected \(expected), predicted \(predicted)"
    }
  }

  /// How many predictions were the trace's next token, up to the first that was not; what the host wrote is none.
  public private(set) var comparedCount = 0
  /// The first prediction that differs, if one does.
  public private(set) var difference: Difference?
  /// What reading and comparing took; the loading of the model is not included.
  public private(set) var seconds = 0.0

  /// The engine that predicted: `dense`, or by which means the plan was executed.
  public private(set) var engine = ""

  /// One line about what kept a faster engine from running; nil when nothing did.
  public private(set) var warning: String?

  /// How many tokens are predicted between two comparisons.
  private static let sliceLength = 1 << 20

  /// Lets an executor predict every token behind the prompt from those before it.
  ///
  /// - Throws: ``VirtualMachineError`` when the executor can read no more.
  public init(of trace: TokenTrace, on executor: Executor) throws(VirtualMachineError) {
    do {
      try compare(trace, predictedBy: executor.makeReader())
    } catch {
      throw VirtualMachineError("\(error)")
    }
  }

  private mutating func compare(_ trace: TokenTrace, predictedBy reader: some TokenReader) throws {
    var reader = reader
    let clock = ContinuousClock()
    let start = clock.now
    defer { (seconds, engine, warning) = ((clock.now - start) / .seconds(1), reader.name, reader.warning) }
    let ids = trace.ids
    var answers = trace.answers[...]
    let prompt = max(trace.promptCount - 1, 0)
    try reader.read(Array(ids[..<min(prompt, ids.count)]))
    var first = prompt
    // The last token has no successor to be compared with.
    while first + 1 < ids.count {
      let end = min(first + Self.sliceLength, ids.count - 1)
      let known = ids[first..<end].firstIndex { $0 < 0 } ?? end
      let predictions = try reader.predictions(after: Array(ids[first..<known]))
      for range in predicted(first + 1..<known + 1, &answers) {
        if let position = range.first(where: { predictions[$0 - first - 1] != ids[$0] }) {
          comparedCount += position - range.lowerBound
          return note(trace, position, predictions[position - first - 1])
        }
        comparedCount += range.count
      }
      first = end
    }
  }

  /// The parts of a range that the host's answers leave.
  private func predicted(_ range: Range<Int>, _ answers: inout ArraySlice<Range<Int>>) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var start = range.lowerBound
    while let answer = answers.first, answer.lowerBound < range.upperBound {
      if start < answer.lowerBound { parts.append(start..<answer.lowerBound) }
      start = max(start, answer.upperBound)
      // It may go on behind the range.
      guard answer.upperBound <= range.upperBound else { break }
      answers.removeFirst()
    }
    if start < range.upperBound { parts.append(start..<range.upperBound) }
    return parts
  }

  private mutating func note(_ trace: TokenTrace, _ position: Int, _ prediction: Int32) {
    difference = Difference(
      position: position, promptCount: trace.promptCount, expected: trace.text(of: trace.ids[position]),
      predicted: trace.text(of: prediction))
  }
}
