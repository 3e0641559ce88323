import ArgumentParser
import Files
import TransformerVM

/// The option that gives a program its input.
struct InputOption: ParsableArguments {
  // What follows is the input whatever it looks like: -12 is a number, not an option.
  @Option(
    parsing: .unconditional,
    help: "The program's input, or @FILE for the bytes of a file; @@ for an input that begins with @.")
  var input: String?

  /// The input's bytes, nil when none was given.
  ///
  /// - Throws: `FileError` when it names a file that cannot be read.
  func bytes() throws -> [UInt8]? {
    guard let input else { return nil }
    let bytes = RawArgument.bytes(of: input, option: "--input")
    guard bytes.first == UInt8(ascii: "@") else { return bytes }
    if bytes.dropFirst().first == UInt8(ascii: "@") { return Array(bytes.dropFirst()) }
    guard input.count > 1 else { throw ValidationError("--input: expected a file's name behind @") }
    return try InputFile.bytes(of: String(input.dropFirst()), allowEmpty: true)
  }
}
