import Foundation

extension Interpreter {
  func magnitude(_ value: Value, _ arguments: CallArguments) throws(ChatTemplateError) -> Value {
    _ = try bind(arguments, to: [], of: "abs")
    if case .float(let float) = value { return .float(abs(float)) }
    if case .largeInteger(let digits) = value, !digits.hasPrefix("-") { return value }
    guard let integer = value.index else { return try negate(value) }
    return integer < 0 ? try negate(value) : .integer(integer)
  }

  func converted(toInteger value: Value, _ arguments: CallArguments) throws(ChatTemplateError) -> Value {
    let bound = try bind(arguments, to: ["default", "base"], of: "int")
    let base = try integer(bound[1], or: 10, "the base of 'int'")
    guard base == 0 || (2...36).contains(base) else { throw invalid("expected a base of 0 or in 2…36 for 'int'") }
    let fallback = bound[0] ?? .integer(0)
    switch value {
    case .undefined(let what): throw error(.undefined, what)
    case .bool, .integer: return .integer(value.index ?? 0)
    case .largeInteger: return value
    case .float(let float):
      guard !float.isNaN else { return fallback }
      return try truncated(float)
    case .string(let text):
      try spend(bytes: text.utf8.count)
      if let integer = Self.integer(text, base: base) { return integer }
      guard let float = Self.float(text), float.isFinite else { return fallback }
      return try truncated(float)
    default: return fallback
    }
  }

  private func truncated(_ float: Double) throws(ChatTemplateError) -> Value {
    guard let integer = Int(exactly: float.rounded(.towardZero)) else {
      throw invalid("expected a number that fits in 64 bits for 'int'")
    }
    return .integer(integer)
  }

  func converted(toFloat value: Value, _ arguments: CallArguments) throws(ChatTemplateError) -> Value {
    let bound = try bind(arguments, to: ["default"], of: "float")
    if case .undefined(let what) = value { throw error(.undefined, what) }
    if let double = value.double { return .float(double) }
    if case .string(let text) = value {
      try spend(bytes: text.utf8.count)
      if let float = Self.float(text) { return .float(float) }
    }
    return bound[0] ?? .float(0)
  }

  func rounded(_ value: Value, _ arguments: CallArguments) throws(ChatTemplateError) -> Value {
    let bound = try bind(arguments, to: ["precision", "method"], of: "round")
    let precision = try integer(bound[0], or: 0, "the precision of 'round'")
    let method = try string(bound[1], or: "common", "the method of 'round'")
    guard let double = value.double else { throw invalid("expected a number to round, found \(value.typeName)") }
    switch method {
    case "common":
      if case .float = value { return .float(Self.round(double, to: precision)) }
      guard precision < 0 else { return value.index.map(Value.integer) ?? value }
      guard let integer = value.index else { throw invalid("expected an integer that fits in 64 bits") }
      return Self.round(integer, to: precision)
    case "ceil", "floor":
      let scale = pow(10, Double(precision))
      let scaled = (double * scale).rounded(method == "ceil" ? .up : .down)
      guard scaled.isFinite, scale > 0 else {
        throw invalid("expected a number that can be rounded to \(precision) digits")
      }
      return .float(scaled / scale)
    default: throw invalid("expected 'common', 'ceil' or 'floor' as the method of 'round', found '\(method)'")
    }
  }

  /// The nearest number with that many decimals, of two the one with the even last digit.
  private static func round(_ double: Double, to precision: Int) -> Double {
    guard double.isFinite, precision < 324 else { return double }
    if precision >= 0 { return Double(String(format: "%.\(precision)f", double)) ?? double }
    if precision < -308 { return 0 }
    let scale = pow(10, Double(-precision))
    return (double / scale).rounded(.toNearestOrEven) * scale
  }

  /// The nearest multiple of 10 to the power of −`precision`, which is negative, of two the one that is even as a multiple.
  private static func round(_ integer: Int, to precision: Int) -> Value {
    // Half of 10²⁰ is more than any integer.
    guard precision > -20 else { return .integer(0) }
    let unit = (0..<(-precision)).reduce(UInt(1)) { power, _ in power * 10 }
    let (quotient, remainder) = integer.magnitude.quotientAndRemainder(dividingBy: unit)
    let isUp = remainder > unit - remainder || remainder == unit - remainder && !quotient.isMultiple(of: 2)
    let digits = (integer < 0 ? "-" : "") + String((quotient + (isUp ? 1 : 0)) * unit)
    return Int(digits).map(Value.integer) ?? .largeInteger(digits)
  }

  /// Decimal integers of more digits are none, as in Python.
  private static let mostDigits = 4300
  /// Text that is longer, white space around it aside, is no number.
  private static let longestNumber = 10_000

  /// The integer that Python's `int` reads from text, nil where it reads none.
  static func integer(_ text: String, base: Int) -> Value? {
    var digits = text.stripped(\.isPythonSpace)
    guard digits.utf8.count <= longestNumber else { return nil }
    var isNegative = false
    if let sign = digits.unicodeScalars.first, sign == "-" || sign == "+" {
      isNegative = sign == "-"
      digits = String(digits.unicodeScalars.dropFirst())
    }
    var radix = base
    for (prefix, prefixRadix) in [("0x", 16), ("0o", 8), ("0b", 2)]
    where digits.lowercased().hasPrefix(prefix) && (base == prefixRadix || base == 0) {
      digits = String(digits.dropFirst(2))
      if digits.hasPrefix("_") { digits = String(digits.dropFirst()) }
      radix = prefixRadix
    }
    if radix == 0 { radix = 10 }
    guard let first = digits.first, first != "_", digits.last != "_", !digits.contains("__") else { return nil }
    let plain = digits.filter { $0 != "_" }
    guard plain.utf8.allSatisfy({ Character(Unicode.Scalar($0)).isASCIIAlphanumeric }) else { return nil }
    let sign = isNegative ? "-" : ""
    if let integer = Int(sign + plain, radix: radix) { return .integer(integer) }
    guard radix == 10, plain.utf8.count <= mostDigits, plain.allSatisfy(\.isNumber) else { return nil }
    return .largeInteger(sign + plain.drop { $0 == "0" })
  }

  /// The number that Python's `float` reads from text, nil where it reads none.
  static func float(_ text: String) -> Double? {
    let stripped = text.stripped(\.isPythonSpace)
    guard stripped.utf8.count <= longestNumber else { return nil }
    let text = stripped.lowercased()
    let unsigned = text.hasPrefix("-") || text.hasPrefix("+") ? String(text.dropFirst()) : text
    if ["inf", "infinity", "nan"].contains(unsigned) {
      return unsigned == "nan" ? .nan : text.hasPrefix("-") ? -.infinity : .infinity
    }
    guard !unsigned.isEmpty, !unsigned.hasPrefix("_"), !unsigned.hasSuffix("_"), !unsigned.contains("__"),
      unsigned.allSatisfy({ "0123456789.e+-_".contains($0) })
    else { return nil }
    return Double(text.filter { $0 != "_" })
  }
}

extension Character {
  fileprivate var isASCIIAlphanumeric: Bool { isASCII && (isLetter || isNumber) }
}
