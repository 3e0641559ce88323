import ArgumentParser
import Files
import Foundation

/// A text given as an argument: itself, `@FILE` for a file's, `-` for that of standard input.
struct TextSource: ExpressibleByArgument {
  private let argument: String

  init(argument: String) {
    self.argument = argument
  }

  /// The text; bytes that are not UTF-8 become U+FFFD.
  func text() throws -> String {
    if argument == "-" { return String(decoding: FileHandle.standardInput.readDataToEndOfFile(), as: UTF8.self) }
    guard argument.hasPrefix("@") else { return argument }
    return String(decoding: try InputFile.bytes(of: String(argument.dropFirst()), allowEmpty: true), as: UTF8.self)
  }
}
