extension JSONReader {
  /// Reads the string that comes next.
  package mutating func readString() throws(JSONError) -> String {
    var text: [UInt8] = []
    try readString(into: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// Reads the string that comes next and appends its UTF-8 to `text`.
  package mutating func readString(into text: inout [UInt8]) throws(JSONError) {
    guard peek() == UInt8(ascii: "\"") else { throw error(.wrongType, "expected a string") }
    let opening = position
    position += 1
    while true {
      let start = position
      var hasHighBytes = false
      while position < bytes.count {
        let byte = bytes[position]
        if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 { break }
        if byte >= 0x80 { hasHighBytes = true }
        position += 1
      }
      if hasHighBytes, !isValidUTF8(bytes[start..<position]) {
        throw error(.invalidString, "expected well-formed UTF-8 in a string", at: start)
      }
      text.append(contentsOf: bytes[start..<position])
      guard let byte = current else { throw error(.unexpected, "expected the string's closing quote", at: opening) }
      guard byte >= 0x20 else { throw error(.invalidString, "expected control characters to be escaped") }
      position += 1
      if byte == UInt8(ascii: "\"") { return }
      try readEscape(into: &text)
    }
  }

  private func isValidUTF8(_ bytes: ArraySlice<UInt8>) -> Bool {
    String(validating: bytes, as: UTF8.self) != nil
  }

  private mutating func readEscape(into text: inout [UInt8]) throws(JSONError) {
    let escape = current
    position += 1
    switch escape {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(escape ?? 0)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"):
      text.append(contentsOf: UTF8.encode(try readEscapedScalar()) ?? UTF8.encodedReplacementCharacter)
    default:
      throw error(.invalidString, "expected one of \" \\ / b f n r t u after a backslash", at: position - 1)
    }
  }

  private mutating func readEscapedScalar() throws(JSONError) -> Unicode.Scalar {
    let first = try readFourHexDigits()
    guard UTF16.isLeadSurrogate(first) else { return Unicode.Scalar(first) ?? "\u{FFFD}" }
    let afterFirst = position
    guard current == UInt8(ascii: "\\"), position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: "u") else {
      return "\u{FFFD}"
    }
    position += 2
    let second = try readFourHexDigits()
    guard UTF16.isTrailSurrogate(second) else {
      position = afterFirst
      return "\u{FFFD}"
    }
    return Unicode.Scalar(0x10000 + (UInt32(first & 0x3FF) << 10) + UInt32(second & 0x3FF)) ?? "\u{FFFD}"
  }

  private mutating func readFourHexDigits() throws(JSONError) -> UInt16 {
    var code: UInt16 = 0
    for _ in 0..<4 {
      let digit: UInt8
      switch current {
      case .some(let byte) where byte >= 0x30 && byte <= 0x39: digit = byte - 0x30
      case .some(let byte) where byte >= 0x41 && byte <= 0x46: digit = byte - 0x41 + 10
      case .some(let byte) where byte >= 0x61 && byte <= 0x66: digit = byte - 0x61 + 10
      default: throw error(.invalidString, "expected four hexadecimal digits after \\u")
      }
      code = code << 4 | UInt16(digit)
      position += 1
    }
    return code
  }
}
