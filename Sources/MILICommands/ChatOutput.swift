import CommandOutput
import Foundation
import MILI

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// How `mili chat` shows itself: to a person at a terminal, to a pipe, or as JSON.
struct ChatOutput {
  let json: Bool
  /// Whether a person reads and types.
  let isInteractive: Bool
  /// Whether thoughts and remarks are dimmed.
  private let isStyled: Bool

  init(json: Bool) {
    let environment = ProcessInfo.processInfo.environment
    self.json = json
    isInteractive = !json && isatty(0) == 1 && Terminal.showsOutput
    isStyled = isInteractive && environment["NO_COLOR", default: ""].isEmpty && environment["TERM"] != "dumb"
  }

  func greet(_ context: ModelContext) throws {
    let name = URL(filePath: context.model.folder).lastPathComponent
    try note("\(name): /think, /no_think, /file PATH, /clear, /exit; Ctrl-C stops an answer")
  }

  /// The next line; nil at the end. A person is told of a line that was cut, and asked for another.
  ///
  /// - Throws: `CutLineError` where nobody reads what is shown, and what else keeps lines from being read.
  func readLine(from lines: TypedLines) throws -> String? {
    while true {
      if isInteractive { try Terminal.write("> ") }
      do { return try lines.next() } catch let error as CutLineError {
        guard isInteractive else { throw error }
        fail(error)
      }
    }
  }

  /// A remark to a person.
  func note(_ text: String) throws {
    if isInteractive { try write(text + "\n", isDimmed: true) }
  }

  /// What an answer took.
  func report(_ report: GenerationReport) throws {
    if isInteractive {
      try note(report.summary)
    } else {
      Terminal.report(report.summary)
    }
  }

  /// What went wrong.
  func fail(_ error: any Error) {
    Terminal.report("Error: \(error)")
  }

  /// Text that is dimmed where a terminal can do that.
  func write(_ text: String, isDimmed: Bool) throws {
    if isDimmed { try dim(true) }
    try Terminal.write(text)
    if isDimmed { try dim(false) }
  }

  /// Dims what is written from here on, or ends that.
  func dim(_ isDimmed: Bool) throws {
    if isStyled { try Terminal.control(isDimmed ? "\u{1B}[2m" : "\u{1B}[22m") }
  }

  /// Whether thoughts are told apart by how they look rather than by their marks.
  var hidesMarks: Bool { isStyled }
}
