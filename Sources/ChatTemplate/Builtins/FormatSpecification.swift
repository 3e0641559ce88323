import Foundation

/// How a value is written by `%` and `str.format`: what stands between `%` or `:` and the type's letter, and that letter.
struct FormatSpecification {
  enum Alignment {
    case left
    case right
    case center
    /// Filled between the sign and the digits.
    case afterSign
  }

  var fill: Unicode.Scalar = " "
  var alignment: Alignment?
  /// `+` or a space: what stands in front of numbers that are not negative.
  var sign: Unicode.Scalar?
  var showsPrefix = false
  var width = 0
  /// `,` or `_`: what stands between groups of three digits.
  var grouping: Unicode.Scalar?
  var precision: Int?
  /// The letter, nil where there is none.
  var type: Unicode.Scalar?

  /// Widths and precisions above this are refused.
  static let largest = 10_000

  /// The text of an integer, nil where the type is not one for integers.
  func text(of integer: Int) -> String? {
    switch type {
    case nil, "d", "i", "u": return padded(sign: integer < 0, grouped(String(integer.magnitude)))
    case "x": return padded(sign: integer < 0, String(integer.magnitude, radix: 16), prefix: "0x")
    case "X": return padded(sign: integer < 0, String(integer.magnitude, radix: 16, uppercase: true), prefix: "0X")
    case "o": return padded(sign: integer < 0, String(integer.magnitude, radix: 8), prefix: "0o")
    case "b": return padded(sign: integer < 0, String(integer.magnitude, radix: 2), prefix: "0b")
    case "c": return UInt32(exactly: integer).flatMap(Unicode.Scalar.init).map { text(of: String($0)) }
    default: return text(of: Double(integer))
    }
  }

  /// The text of a number, nil where the type is not one for such numbers.
  func text(of double: Double) -> String? {
    let isNegative = double.sign == .minus && !double.isNaN
    let magnitude = double.magnitude
    guard magnitude.isFinite else {
      let isUpper = type == "F" || type == "E" || type == "G"
      let name = double.isNaN ? "nan" : "inf"
      return padded(sign: isNegative, isUpper ? name.uppercased() : name)
    }
    switch type {
    case nil where precision == nil: return padded(sign: isNegative, grouped(Interpreter.representation(of: magnitude)))
    case nil, "g", "G":
      let digits = String(format: "%.\(precision ?? 6)\(type == "G" ? "G" : "g")", magnitude)
      return padded(sign: isNegative, grouped(digits))
    case "f", "F": return padded(sign: isNegative, grouped(String(format: "%.\(precision ?? 6)f", magnitude)))
    case "e", "E":
      return padded(sign: isNegative, String(format: "%.\(precision ?? 6)\(type == "E" ? "E" : "e")", magnitude))
    case "%": return padded(sign: isNegative, grouped(String(format: "%.\(precision ?? 6)f", magnitude * 100)) + "%")
    default: return nil
    }
  }

  /// A string, cut to the precision and filled to the width.
  func text(of string: String) -> String {
    var text = string
    if let precision { text = String(string.unicodeScalars.prefix(precision)) }
    return filled("", text, by: alignment ?? .left)
  }

  private func padded(sign isNegative: Bool, _ digits: String, prefix: String = "") -> String {
    let lead = isNegative ? "-" : sign.map { String($0) } ?? ""
    return filled(lead + (showsPrefix ? prefix : ""), digits, by: alignment ?? .right)
  }

  private func filled(_ lead: String, _ text: String, by alignment: Alignment) -> String {
    let missing = max(width - lead.scalarCount - text.scalarCount, 0)
    let left =
      switch alignment {
      case .left: 0
      case .right: missing
      case .center: missing / 2
      case .afterSign: missing
      }
    let (before, after) = (
      String(fill).repeated(left), String(fill).repeated(missing - left)
    )
    return alignment == .afterSign ? lead + before + text : before + lead + text + after
  }

  private func grouped(_ digits: String) -> String {
    guard let grouping else { return digits }
    let whole = digits.prefix { $0.isASCII && $0.isNumber }
    var result = ""
    for (index, digit) in whole.enumerated() {
      if index > 0, (whole.count - index).isMultiple(of: 3) { result += String(grouping) }
      result.append(digit)
    }
    return result + digits.dropFirst(whole.count)
  }
}

/// Reads scalars of a format from the front.
struct FormatScanner {
  private var rest: Substring.UnicodeScalarView

  init(_ text: String) { rest = Substring(text).unicodeScalars }

  var next: Unicode.Scalar? { rest.first }
  var isAtEnd: Bool { rest.isEmpty }

  /// The next scalar, which is then gone.
  mutating func take() -> Unicode.Scalar? { rest.popFirst() }

  /// Takes the next scalar if it is `scalar`.
  mutating func skip(_ scalar: Unicode.Scalar) -> Bool {
    guard rest.first == scalar else { return false }
    rest.removeFirst()
    return true
  }

  /// Takes what stands before `end`, and `end`; nil where it does not come.
  mutating func take(upTo end: Unicode.Scalar) -> String? {
    guard let index = rest.firstIndex(of: end) else { return nil }
    defer { rest = rest[rest.index(after: index)...] }
    return String(rest[..<index])
  }

  /// Takes a number, nil where none stands here or it is too large.
  mutating func takeNumber() -> Int? {
    var number: Int?
    while let scalar = rest.first, scalar >= "0", scalar <= "9" {
      rest.removeFirst()
      number = min((number ?? 0) * 10 + Int(scalar.value - 0x30), FormatSpecification.largest + 1)
    }
    return number
  }
}
