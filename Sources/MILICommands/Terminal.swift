import Foundation

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Where commands write: results to standard output, everything else to standard error.
enum Terminal {
  /// Whether a person watches standard output.
  static let isInteractive = isatty(1) == 1

  /// Writes text to standard output. On a terminal, control characters other than line breaks and tabs are replaced, so that
  /// what a model says cannot give the terminal orders.
  static func write(_ text: String) {
    let shown = isInteractive ? withoutControls(text) : text
    FileHandle.standardOutput.write(Data(shown.utf8))
  }

  /// Writes an instruction for the terminal, such as a colour.
  static func control(_ sequence: String) {
    FileHandle.standardOutput.write(Data(sequence.utf8))
  }

  /// Writes a line to standard output.
  static func print(_ line: String) {
    write(line + "\n")
  }

  /// Writes a line to standard error.
  static func report(_ line: String) {
    FileHandle.standardError.write(Data((line + "\n").utf8))
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
}
