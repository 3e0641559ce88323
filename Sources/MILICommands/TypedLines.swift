import CommandOutput
import Files

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Lines of standard input, which a terminal cuts when they are long.
struct TypedLines {
  private let input = LineInput()

  /// The most bytes of a line that the system keeps while it is typed; it drops what comes after them without a word.
  private static var limit: Int {
    #if canImport(Darwin)
      1023
    #else
      4095
    #endif
  }

  /// The next line; nil at the end.
  ///
  /// - Throws: `CutLineError` for a line that is as long as the terminal lets it be, and may have been longer; `FileError` when
  ///   standard input cannot be read, or a line has more bytes than a message may.
  func next() throws -> String? {
    guard let line = try input.next() else { return nil }
    if line.utf8.count >= Self.limit, Self.collectsLines { throw CutLineError(limit: Self.limit) }
    return line
  }

  /// Whether standard input is a terminal that gives whole lines.
  private static var collectsLines: Bool {
    var attributes = termios()
    return Terminal.hasKeyboard && tcgetattr(0, &attributes) == 0 && attributes.c_lflag & tcflag_t(ICANON) != 0
  }
}

/// Why a typed line is not taken for a message.
struct CutLineError: Error, CustomStringConvertible {
  let limit: Int

  var description: String {
    "the line was not sent: terminals cut lines after \(limit) bytes; '/file PATH' sends the text of a file"
  }
}
