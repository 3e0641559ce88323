import ArgumentParser
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
    let path = String(argument.dropFirst())
    guard let data = FileManager.default.contents(atPath: path) else {
      throw CommandError("\(path): the file does not exist or cannot be read")
    }
    return String(decoding: data, as: UTF8.self)
  }
}
