/// Looks through a C source for what its calls of printf need of the runtime header.
///
/// Every instruction of printf is part of the prompt of each program that prints, so that the code for fields is there only
/// for those that use it.
package enum PrintfConversions {
  /// Whether a string literal of the source has a conversion with a field, or one of those that come with them: a `%`
  /// followed by a digit, `-`, `i` or `l`.
  package static func needFields(inSource source: some Sequence<UInt8>) -> Bool {
    var state = State.code
    var previous: UInt8 = 0
    for byte in source {
      let pair = (previous, byte)
      previous = byte
      switch (state, pair) {
      case (.code, (UInt8(ascii: "/"), UInt8(ascii: "/"))): state = .lineComment
      case (.code, (UInt8(ascii: "/"), UInt8(ascii: "*"))):
        state = .blockComment
        previous = 0
      case (.code, (_, UInt8(ascii: "\""))): state = .literal(end: UInt8(ascii: "\""))
      case (.code, (_, UInt8(ascii: "'"))): state = .literal(end: UInt8(ascii: "'"))
      case (.lineComment, (_, UInt8(ascii: "\n"))): state = .code
      case (.blockComment, (UInt8(ascii: "*"), UInt8(ascii: "/"))): state = .code
      case (.literal, (UInt8(ascii: "\\"), _)), (.literal, (UInt8(ascii: "%"), UInt8(ascii: "%"))):
        // The second of a pair begins no pair of its own.
        previous = 0
      case (.literal(UInt8(ascii: "\"")), (UInt8(ascii: "%"), let next)) where fieldMarks.contains(next): return true
      case (.literal(let end), (_, let next)) where next == end: state = .code
      default: break
      }
    }
    return false
  }

  private enum State {
    case code, lineComment, blockComment
    case literal(end: UInt8)
  }

  private static let fieldMarks = Set("-0123456789il".utf8)
}
