package import Files
import Foundation

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Where commands write: results to standard output, everything else to standard error.
package enum Terminal {
  /// Whether a person watches standard output.
  package static var showsOutput: Bool {
    isatty(1) == 1
  }

  /// Whether a person types what standard input brings.
  package static var hasKeyboard: Bool {
    isatty(0) == 1
  }

  /// Whether a person watches standard error.
  package static var showsStatus: Bool {
    isatty(2) == 1
  }

  /// Writes bytes to standard output as they are.
  ///
  /// - Throws: `FileError` when nobody takes them.
  package static func write(_ bytes: [UInt8]) throws(FileError) {
    try OutputFile.writeToStandardOutput(bytes)
  }

  /// Writes text to standard output. On a terminal, control characters other than line breaks and tabs are replaced, so that
  /// what a model or a file says cannot give the terminal orders.
  ///
  /// - Throws: `FileError` when nobody takes it.
  package static func write(_ text: String) throws(FileError) {
    try write(Array((showsOutput ? withoutControls(text) : text).utf8))
  }

  /// Writes a line of text to standard output.
  ///
  /// - Throws: `FileError` when nobody takes it.
  package static func print(_ line: String) throws(FileError) {
    try write(line + "\n")
  }

  /// Writes an order to the terminal, such as a colour.
  ///
  /// - Throws: `FileError` when nobody takes it.
  package static func control(_ sequence: String) throws(FileError) {
    try write(Array(sequence.utf8))
  }

  /// Writes a line to standard error.
  package static func report(_ line: String) {
    clearStatus()
    tell(line + "\n")
  }

  /// Writes bytes to standard error; on a terminal, with control characters replaced as ``write(_:)-(String)`` does.
  package static func reportBytes(_ bytes: [UInt8]) {
    if showsStatus { return tell(withoutControls(String(decoding: bytes, as: UTF8.self))) }
    try? FileHandle.standardError.write(contentsOf: Data(bytes))
  }

  /// Ends a line on a terminal.
  package static func endLine() {
    if showsStatus { tell("\n") }
  }

  /// Replaces the status line on a terminal; does nothing in a pipe.
  package static func showStatus(_ status: String) {
    if showsStatus { tell("\r\u{1b}[K\(status)") }
  }

  /// Removes the status line from a terminal.
  package static func clearStatus() {
    showStatus("")
  }

  /// Writes to standard error; without one there is nobody to tell.
  private static func tell(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }

  /// The text with U+FFFD for each control character but line breaks and tabs.
  package static func withoutControls(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let isControl = scalar.properties.generalCategory == .control && scalar != "\n" && scalar != "\t"
      scalars.append(isControl ? "\u{FFFD}" : scalar)
    }
    return String(scalars)
  }

  /// Lets a file that grows beyond what the user allows (`ulimit -f`) be an error where it is written, not the end of the
  /// process.
  package static func ignoreFileSizeSignal() {
    signal(SIGXFSZ, SIG_IGN)
  }

  /// Gives the numbers of standard streams that are closed to the null device, so that no file that is opened later gets
  /// them, and with them what was meant for the stream.
  package static func holdStandardStreams() {
    for stream in Int32(0)...2 where fcntl(stream, F_GETFD) == -1 {
      // The other way round, so that reading a closed standard input and writing to a closed standard output fail.
      _ = open("/dev/null", stream == 1 ? O_RDONLY : O_WRONLY)
    }
  }
}
