extension PatternParser {
  /// The inside of `[a-z]`, its closing bracket included.
  mutating func characterClass() throws(Failure) -> ScalarSet {
    let isNegated = skip("^")
    var ranges: [ClosedRange<UInt32>] = []
    while current != "]" {
      let first = try classMember()
      guard current == "-", position + 1 < scalars.count, scalars[position + 1] != "]" else {
        ranges += first.ranges
        continue
      }
      position += 1
      let last = try classMember()
      guard let low = first.single, let high = last.single, low <= high else {
        throw failure("expected a range between two characters in order")
      }
      ranges.append(low...high)
    }
    position += 1
    let set = ScalarSet(ranges)
    return isNegated ? set.complement : set
  }

  private mutating func classMember() throws(Failure) -> ScalarSet {
    guard let scalar = current else { throw failure("expected ']'") }
    position += 1
    guard scalar == "\\" else { return ScalarSet(scalar) }
    if skip("b") { return ScalarSet("\u{8}") }
    return try escape()
  }

  /// What a backslash, already read, stands for with what follows.
  mutating func escape() throws(Failure) -> ScalarSet {
    guard let scalar = current else { throw failure("expected a character after '\\'") }
    position += 1
    switch scalar {
    case "d": return PatternClass.digits
    case "D": return PatternClass.digits.complement
    case "w": return PatternClass.word
    case "W": return PatternClass.word.complement
    case "s": return PatternClass.space
    case "S": return PatternClass.space.complement
    case "t": return ScalarSet("\t")
    case "n": return ScalarSet("\n")
    case "r": return ScalarSet("\r")
    case "f": return ScalarSet("\u{C}")
    case "v": return ScalarSet("\u{B}")
    case "x": return try hexadecimal(2)
    case "u": return try hexadecimal(4)
    case "^", "$", "\\", ".", "*", "+", "?", "(", ")", "[", "]", "{", "}", "|", "/", "-": return ScalarSet(scalar)
    case let scalar where scalar.value > 0x7F || !scalar.properties.isAlphabetic && !("0"..."9").contains(scalar):
      return ScalarSet(scalar)
    default:
      position -= 1
      throw failure("expected an escape that is supported, found '\\\(scalar)'")
    }
  }

  private mutating func hexadecimal(_ count: Int) throws(Failure) -> ScalarSet {
    var value: UInt32 = 0
    for _ in 0..<count {
      guard let scalar = current, scalar.isASCII, let digit = Character(scalar).hexDigitValue else {
        throw failure("expected \(count) hexadecimal digits")
      }
      value = value << 4 | UInt32(digit)
      position += 1
    }
    guard let scalar = Unicode.Scalar(value) else { throw failure("expected a Unicode scalar") }
    return ScalarSet(scalar)
  }
}

/// The named classes of characters, as ECMAScript has them.
enum PatternClass {
  static let digits = ScalarSet([0x30...0x39])
  static let word = ScalarSet([0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
  static let lineEnds = ScalarSet("\n", "\r", "\u{2028}", "\u{2029}")
  static let space = ScalarSet([
    0x09...0x0D, 0x20...0x20, 0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200A, 0x2028...0x2029, 0x202F...0x202F,
    0x205F...0x205F, 0x3000...0x3000, 0xFEFF...0xFEFF,
  ])
}

extension ScalarSet {
  /// Its scalar, where it has one only.
  fileprivate var single: UInt32? { ranges.count == 1 && ranges[0].count == 1 ? ranges[0].lowerBound : nil }
}
