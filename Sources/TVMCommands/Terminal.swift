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
  static func write(_ bytes: [UInt8]) {
    FileHandle.standardOutput.write(Data(bytes))
  }

  /// Writes a line to standard output.
  static func print(_ line: String) {
    write(Array((line + "\n").utf8))
  }

  /// Writes a line to standard error.
  static func report(_ line: String) {
    clearStatus()
    FileHandle.standardError.write(Data((line + "\n").utf8))
  }

  /// Replaces the status line on a terminal; does nothing in a pipe.
  static func showStatus(_ status: String) {
    guard isInteractive else { return }
    FileHandle.standardError.write(Data("\r\u{1b}[K\(status)".utf8))
  }

  /// Removes the status line from a terminal.
  static func clearStatus() {
    showStatus("")
  }
}
