import Files

/// Why a file is no script of the test suite, and where.
public struct ScriptError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The path of the file.
  public let file: String
  /// The line of the `.wast` file from which the command concerned was made; nil where it is not one command.
  public let line: Int?
  /// What was expected, in one line.
  public let message: String

  init(_ message: String, file: String, line: Int? = nil) {
    self.message = message.oneLine
    self.file = file
    self.line = line
  }

  public var description: String {
    file.oneLine + (line.map { ", line \($0)" } ?? "") + ": " + message
  }
}
