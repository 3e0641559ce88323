/// Reads one JSON text (RFC 8259) and keeps the offset of every value.
///
/// Objects that name a member twice are refused, because readers would disagree about them.
struct JSONParser {
  private let bytes: [UInt8]
  private let end: Int
  private var offset: Int
  private var depth = 0

  /// Nesting beyond this is refused, so that no input can exhaust the stack.
  private static let maximumDepth = 64

  /// Parses a range of bytes that must hold one value and white space; offsets count from the first of all bytes.
  static func parse(_ bytes: [UInt8], in range: Range<Int>) throws(TransformerError) -> JSONNode {
    var parser = JSONParser(bytes: bytes, end: range.upperBound, offset: range.lowerBound)
    let node = try parser.parseValue()
    parser.skipSpace()
    guard parser.offset == parser.end else { throw parser.expected("the end of the JSON text") }
    return node
  }

  private init(bytes: [UInt8], end: Int, offset: Int) {
    self.bytes = bytes
    self.end = end
    self.offset = offset
  }

  private var next: UInt8? { offset < end ? bytes[offset] : nil }

  private func expected(_ what: String) -> TransformerError {
    guard let next else {
      return TransformerError(.truncated, "JSON: expected \(what), found the end", byte: offset)
    }
    let found = String(reflecting: String(decoding: [next], as: UTF8.self))
    return TransformerError(.malformed, "JSON: expected \(what), found \(found)", byte: offset)
  }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { offset += 1 }
  }

  /// Steps over a byte if it comes next.
  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: character) else { return false }
    offset += 1
    return true
  }

  private mutating func parseValue() throws(TransformerError) -> JSONNode {
    skipSpace()
    let start = offset
    let value: JSONNode.Value
    switch next {
    case UInt8(ascii: "{"): value = .object(try parseMembers())
    case UInt8(ascii: "["): value = .array(try parseElements())
    case UInt8(ascii: "\""): value = .string(try parseString())
    case UInt8(ascii: "t"): value = try parseWord("true", .boolean(true))
    case UInt8(ascii: "f"): value = try parseWord("false", .boolean(false))
    case UInt8(ascii: "n"): value = try parseWord("null", .null)
    default: value = try parseNumber()
    }
    return JSONNode(value: value, offset: start)
  }

  private mutating func descend() throws(TransformerError) {
    depth += 1
    guard depth <= Self.maximumDepth else { throw expected("at most \(Self.maximumDepth) levels of nesting") }
  }

  private mutating func parseMembers() throws(TransformerError) -> [String: JSONNode] {
    try descend()
    offset += 1
    var members: [String: JSONNode] = [:]
    skipSpace()
    if take("}") {
      depth -= 1
      return members
    }
    repeat {
      skipSpace()
      guard next == UInt8(ascii: "\"") else { throw expected("the name of a member") }
      let start = offset
      let name = try parseString()
      skipSpace()
      guard take(":") else { throw expected("a colon") }
      let node = try parseValue()
      guard members.updateValue(node, forKey: name) == nil else {
        throw TransformerError(.malformed, "JSON: expected a new member, found the second \(name)", byte: start)
      }
      skipSpace()
    } while take(",")
    guard take("}") else { throw expected("a comma or a closing brace") }
    depth -= 1
    return members
  }

  private mutating func parseElements() throws(TransformerError) -> [JSONNode] {
    try descend()
    offset += 1
    var elements: [JSONNode] = []
    skipSpace()
    if take("]") {
      depth -= 1
      return elements
    }
    repeat {
      elements.append(try parseValue())
      skipSpace()
    } while take(",")
    guard take("]") else { throw expected("a comma or a closing bracket") }
    depth -= 1
    return elements
  }

  private mutating func parseWord(_ word: String, _ value: JSONNode.Value) throws(TransformerError) -> JSONNode.Value {
    for byte in word.utf8 {
      guard next == byte else { throw expected(word) }
      offset += 1
    }
    return value
  }

  private mutating func parseNumber() throws(TransformerError) -> JSONNode.Value {
    let start = offset
    _ = take("-")
    let whole = skipDigits()
    guard whole > 0, whole == 1 || bytes[offset - whole] != UInt8(ascii: "0") else { throw expected("a value") }
    if take(".") {
      guard skipDigits() > 0 else { throw expected("a digit") }
    }
    if take("e") || take("E") {
      if !take("+") { _ = take("-") }
      guard skipDigits() > 0 else { throw expected("a digit") }
    }
    let text = String(decoding: bytes[start..<offset], as: UTF8.self)
    if let integer = Int(text) { return .integer(integer) }
    guard let number = Double(text) else { throw expected("a number") }
    return .number(number)
  }

  /// Steps over digits and tells how many there were.
  private mutating func skipDigits() -> Int {
    let start = offset
    while let byte = next, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { offset += 1 }
    return offset - start
  }
}

extension JSONParser {
  private mutating func parseString() throws(TransformerError) -> String {
    let start = offset
    offset += 1
    var text: [UInt8] = []
    while !take("\"") {
      guard let byte = next, byte >= 0x20 else { throw expected("a character or a closing quote") }
      offset += 1
      if byte == UInt8(ascii: "\\") {
        text.append(contentsOf: String(Character(try parseEscape())).utf8)
      } else {
        text.append(byte)
      }
    }
    guard let string = String(validating: text, as: UTF8.self) else {
      throw TransformerError(.malformed, "JSON: expected a string of UTF-8 text", byte: start)
    }
    return string
  }

  private mutating func parseEscape() throws(TransformerError) -> Unicode.Scalar {
    guard let byte = next else { throw expected("an escape") }
    let scalar: Unicode.Scalar
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): scalar = Unicode.Scalar(byte)
    case UInt8(ascii: "b"): scalar = "\u{8}"
    case UInt8(ascii: "f"): scalar = "\u{C}"
    case UInt8(ascii: "n"): scalar = "\n"
    case UInt8(ascii: "r"): scalar = "\r"
    case UInt8(ascii: "t"): scalar = "\t"
    case UInt8(ascii: "u"):
      offset += 1
      return try parseUnicodeEscape()
    default: throw expected("an escape")
    }
    offset += 1
    return scalar
  }

  /// Reads the digits after `\u`, and the second half of a surrogate pair.
  private mutating func parseUnicodeEscape() throws(TransformerError) -> Unicode.Scalar {
    let first = try parseFourDigits()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xDC00, take("\\"), take("u") else { throw expected("the second half of a surrogate pair") }
    let second = try parseFourDigits()
    guard (0xDC00...0xDFFF).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { throw expected("the second half of a surrogate pair") }
    return scalar
  }

  private mutating func parseFourDigits() throws(TransformerError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
        throw expected("a hexadecimal digit")
      }
      value = value << 4 | UInt32(digit)
      offset += 1
    }
    return value
  }
}
