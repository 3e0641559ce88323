/// The string literals of a C source.
enum CStringLiterals {
  /// Their bytes, an escape sequence's first two as one 0. Literals with nothing but white space between them are one, as in C.
  static func contents(ofSource source: some Sequence<UInt8>) -> [[UInt8]] {
    var literals: [[UInt8]] = []
    var state = State.code
    var previous: UInt8 = 0
    // Whether nothing came since the last literal.
    var isBehindLiteral = false
    for byte in source {
      let pair = (previous, byte)
      previous = byte
      switch (state, pair) {
      case (.code, (UInt8(ascii: "/"), UInt8(ascii: "/"))): state = .lineComment
      case (.code, (UInt8(ascii: "/"), UInt8(ascii: "*"))):
        state = .blockComment
        previous = 0
      case (.code, (_, UInt8(ascii: "\""))):
        if !isBehindLiteral { literals.append([]) }
        state = .literal(end: UInt8(ascii: "\""))
      case (.code, (_, UInt8(ascii: "'"))): state = .literal(end: UInt8(ascii: "'"))
      case (.code, _): isBehindLiteral = isBehindLiteral && spaces.contains(byte)
      case (.lineComment, (_, UInt8(ascii: "\n"))): state = .code
      case (.blockComment, (UInt8(ascii: "*"), UInt8(ascii: "/"))): state = .code
      case (.literal, (UInt8(ascii: "\\"), _)):
        // The second of a pair begins no pair of its own.
        previous = 0
        if case .literal(UInt8(ascii: "\"")) = state { literals[literals.count - 1].append(0) }
      case (.literal(let end), (_, let next)) where next == end:
        state = .code
        isBehindLiteral = end == UInt8(ascii: "\"")
      case (.literal(UInt8(ascii: "\"")), (_, let next)) where next != UInt8(ascii: "\\"):
        literals[literals.count - 1].append(next)
      default: break
      }
    }
    return literals
  }

  private enum State {
    case code, lineComment, blockComment
    case literal(end: UInt8)
  }

  private static let spaces = Set(" \t\r\n".utf8)
}
