import CommandOutput
import Files
import ModuleExecution

/// What a person sees of programs at work: their output, what they say where errors go, and a status line that leaves both alone.
final class ProgramScreen {
  private let json: Bool
  /// Whether a terminal's line has something on it that no line break has ended yet.
  private var hasOpenLine = false

  init(json: Bool) {
    self.json = json
  }

  func showStatus(_ status: String) {
    if !hasOpenLine { Terminal.showStatus(status) }
  }

  /// Shows bytes that a program prints.
  func write(_ bytes: [UInt8]) throws(FileError) {
    guard let last = bytes.last else { return }
    if !hasOpenLine { Terminal.clearStatus() }
    try Terminal.write(bytes)
    if Terminal.showsOutput { hasOpenLine = last != UInt8(ascii: "\n") }
  }

  /// Shows what a program does besides printing to its standard output.
  func receive(_ event: ExecutionEvent) {
    guard !json else { return }
    switch event {
    case .errorOutput(let bytes):
      guard let last = bytes.last else { return }
      if !hasOpenLine { Terminal.clearStatus() }
      Terminal.reportBytes(bytes)
      if Terminal.showsStatus { hasOpenLine = last != UInt8(ascii: "\n") }
    case .printed(let values):
      endLine()
      Terminal.report(values.map(\.description).joined(separator: " "))
    case .tokens, .answer, .output: break
    }
  }

  /// Leaves the terminal at the beginning of a line.
  func endLine() {
    if hasOpenLine { Terminal.endLine() } else { Terminal.clearStatus() }
    hasOpenLine = false
  }
}
