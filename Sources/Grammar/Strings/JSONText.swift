import ChatTemplate

/// How strings are written in JSON.
///
/// Every scalar has one *canonical* spelling: itself, or its short escape, or `\u00` and two small hexadecimal digits
/// for the other control characters. Where strings are compared with given ones, only that is allowed, so that equal
/// strings are equal bytes.
enum JSONText {
  private static let shortEscapes: [(UInt32, Unicode.Scalar)] = [
    (0x22, "\""), (0x5C, "\\"), (0x08, "b"), (0x09, "t"), (0x0A, "n"), (0x0C, "f"), (0x0D, "r"),
  ]

  /// A scalar's canonical spelling.
  static func canonical(_ scalar: Unicode.Scalar) -> [UInt8] {
    if let escape = shortEscapes.first(where: { $0.0 == scalar.value })?.1 { return Array("\\\(escape)".utf8) }
    guard scalar.value < 0x20 else { return Array(String(scalar).utf8) }
    let digits = Array("0123456789abcdef".utf8)
    return Array("\\u00".utf8) + [digits[Int(scalar.value >> 4)], digits[Int(scalar.value & 15)]]
  }

  /// A string's canonical spelling, quotes included.
  static func canonical(_ text: String) -> [UInt8] {
    [UInt8(ascii: "\"")] + text.unicodeScalars.flatMap { canonical($0) } + [UInt8(ascii: "\"")]
  }

  /// The canonical spellings of a set of scalars.
  static func canonical(_ scalars: ScalarSet) -> RuleExpression {
    let plain = scalars.subtracting(escaped)
    let escapes = scalars.intersection(escaped).ranges.flatMap(Array.init).compactMap(Unicode.Scalar.init)
    return .choice([plain.utf8(.none)] + escapes.map { .literal(canonical($0)) })
  }

  /// The scalars that JSON does not let stand for themselves in a string.
  private static let escaped = ScalarSet([0...0x1F, 0x22...0x22, 0x5C...0x5C])

  /// Any string in any spelling, but for escapes of surrogates; its characters are counted.
  static var anyString: RuleExpression {
    .sequence([
      .byte("\""), .star(.choice([ScalarSet.all.subtracting(escaped).utf8(.counts), anyEscape])),
      .byte("\"", .closes),
    ])
  }

  private static var anyEscape: RuleExpression {
    let digit: [ClosedRange<UInt8>] = [0x30...0x39, 0x41...0x46, 0x61...0x66]
    let hex = RuleExpression.bytes(digit, .none)
    // D8 to DF begin surrogates.
    let firstDigit = RuleExpression.bytes([0x30...0x39, 0x41...0x43, 0x45...0x46, 0x61...0x63, 0x65...0x66], .none)
    let afterD = RuleExpression.sequence([.bytes([0x44...0x44, 0x64...0x64], .none), .bytes([0x30...0x37], .none)])
    let short = RuleExpression.choice("\"\\/bfnrt".unicodeScalars.map { .byte($0) })
    return .sequence([
      .byte("\\", .counts),
      .choice([short, .sequence([.byte("u"), .choice([.sequence([firstDigit, hex]), afterD]), hex, hex])]),
    ])
  }

  /// The text of a value that is neither array nor object.
  static func canonical(scalar value: JSONValue) -> [UInt8]? {
    switch value {
    case .null: Array("null".utf8)
    case .bool(let flag): Array((flag ? "true" : "false").utf8)
    case .integer(let integer): Array(String(integer).utf8)
    case .largeInteger(let digits): Array(digits.utf8)
    case .number(let number): Array("\(number)".utf8)
    case .string(let text): canonical(text)
    case .array, .object: nil
    }
  }
}
