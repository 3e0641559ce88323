import Files
import Foundation

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Where commands write: results to standard output, everything else to standard error.
enum Terminal {
  /// Whether a person watches standard error.
  static var isInteractive: Bool {
    isatty(2) == 1
  }

  /// Writes bytes to standard output as they are.
  ///
  /// - Throws: `FileError` when nobody takes them.
  static func write(_ bytes: [UInt8]) throws(FileError) {
    try OutputFile.writeToStandardOutput(bytes)
  }

  /// Writes a line to standard output.
  ///
  /// - Throws: `FileError` when nobody takes it.
  static func print(_ line: String) throws(FileError) {
    try write(Array((line + "\n").utf8))
  }

  /// Writes a line to standard error.
  static func report(_ line: String) {
    clearStatus()
    tell(line + "\n")
  }

  /// Replaces the status line on a terminal; does nothing in a pipe.
  static func showStatus(_ status: String) {
    if isInteractive { tell("\r\u{1b}[K\(status)") }
  }

  /// Writes to standard error; without one there is nobody to tell.
  private static func tell(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }

  /// Removes the status line from a terminal.
  static func clearStatus() {
    showStatus("")
  }

  /// Gives the numbers of standard streams that are closed to the null device, so that no file that is opened later gets
  /// them, and with them what was meant for the stream.
  static func holdStandardStreams() {
    for stream in Int32(0)...2 where fcntl(stream, F_GETFD) == -1 {
      // For reading alone, so that writing to a closed standard output fails.
      _ = open("/dev/null", stream == 2 ? O_WRONLY : O_RDONLY)
    }
  }
}
