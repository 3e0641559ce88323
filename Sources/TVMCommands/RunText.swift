import TransformerVM

/// The words in which a run is told to a person.
enum RunText {
  private static let shownLines = 10

  /// The line above a program's output.
  static func heading(_ job: ProgramJob) -> String {
    job.story.map { "\(job.name)  \($0)" } ?? job.name
  }

  /// The output, shortened in the middle, and the summary.
  static func body(_ report: RunReport) -> String {
    // A carriage return and a line feed are one character, which is no line feed.
    let output = report.output.unicodeScalars
    var lines = output.split(separator: "\n", omittingEmptySubsequences: false).map { "  │ \(String($0))" }
    if output.last == "\n" || output.isEmpty { lines.removeLast() }
    if lines.count > shownLines {
      let left = shownLines - 1
      let hidden = lines.count - left
      lines.replaceSubrange(2..<(2 + hidden), with: ["  │ … \(Numbers.grouped(hidden)) lines …"])
    }
    return (lines + ["  " + summary(report)]).joined(separator: "\n")
  }

  /// Tokens, instructions, speed and verdict in one line.
  static func summary(_ report: RunReport) -> String {
    let parts = [
      "\(Numbers.grouped(report.promptTokens)) + \(Numbers.grouped(report.tokens)) tokens",
      "\(Numbers.grouped(report.instructions)) instructions",
      "\(Numbers.decimal(report.seconds, places: 2)) s",
      // A checkpoint may have held all of them.
      (report.tokensPerSecond > 0 ? "\(Numbers.grouped(report.tokensPerSecond)) tokens/s " : "")
        + "(\(report.engine))",
      verdict(report),
    ]
    return parts.joined(separator: " · ")
  }

  private static func verdict(_ report: RunReport) -> String {
    let detail = report.detail.map { ": \($0)" } ?? ""
    switch report.status {
    case .pass: return "PASS, identical to the reference interpreter"
    case .ran: return "ran to its end"
    case .mismatch: return "MISMATCH\(detail)"
    case .trap: return "TRAP\(detail)"
    case .limit: return "LIMIT\(detail)"
    }
  }
}
