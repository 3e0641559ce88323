import ArgumentParser
import Files
import TransformerVM

/// The option that gives a program its input.
struct InputOption: ParsableArguments {
  @Option(help: "The program's input, or @FILE for the bytes of a file.")
  var input: String?

  /// The input's bytes, nil when none was given.
  func bytes() throws -> [UInt8]? {
    guard let input else { return nil }
    guard input.hasPrefix("@") else { return Array(input.utf8) }
    return try InputFile.bytes(of: String(input.dropFirst()), allowEmpty: true)
  }
}
