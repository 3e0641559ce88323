import ArgumentParser
import Files

/// A text given as an argument: itself, `@FILE` for a file's, `-` for that of standard input.
struct TextSource: ExpressibleByArgument {
  private let argument: String

  init(argument: String) {
    self.argument = argument
  }

  /// The text.
  ///
  /// - Throws: `FileError` when a file or standard input cannot be read; an error that names them for bytes that are not UTF-8.
  func text() throws -> String {
    guard argument == "-" || argument.hasPrefix("@") else { return argument }
    let bytes =
      argument == "-"
      ? try InputFile.standardInput()
      : try InputFile.bytes(of: String(argument.dropFirst()), allowEmpty: true)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw TextError(source: argument == "-" ? "standard input" : String(argument.dropFirst()))
    }
    return text
  }
}

/// A text that is none.
private struct TextError: Error, CustomStringConvertible {
  let source: String
  var description: String { "\(source.oneLine): expected UTF-8 text" }
}
