/// A floating-point number as text.
struct FloatText<Number: BinaryFloatingPoint & LosslessStringConvertible>
where Number.RawSignificand: FixedWidthInteger {
  let value: Number

  init(_ value: Number) {
    self.value = value
  }

  /// - Parameter text: what the number is part of, for the error.
  init(_ number: Substring, in text: String) throws(ValueTextError) {
    let (isNegative, magnitude) = number.splitSign
    let value = try Self.magnitude(magnitude, in: text)
    self.value = isNegative ? -value : value
  }

  /// As few digits as are read back as the same number; the fraction of a NaN.
  var text: String {
    let sign = value.sign == .minus ? "-" : ""
    guard !value.isNaN else {
      let fraction = value.significandBitPattern
      return "\(sign)nan:" + (fraction == Self.quietBit ? "canonical" : "0x\(String(fraction, radix: 16))")
    }
    guard value.isFinite else { return "\(sign)inf" }
    let digits = String(value)
    return digits.hasSuffix(".0") ? String(digits.dropLast(2)) : digits
  }

  /// The highest bit of the fraction.
  private static var quietBit: Number.RawSignificand { 1 << (Number.significandBitCount - 1) }

  private static func magnitude(_ magnitude: Substring, in text: String) throws(ValueTextError) -> Number {
    switch magnitude {
    case "inf": return .infinity
    case "nan", "nan:canonical": return nan(quietBit)
    case _ where magnitude.hasPrefix("nan:"): return nan(try fraction(magnitude.dropFirst(4), in: text))
    default: break
    }
    guard FloatGrammar.accepts(magnitude), let value = Number(String(magnitude)) else {
      throw ValueTextError(.float, text: text)
    }
    guard value.isFinite else { throw ValueTextError(.range, text: text) }
    return value
  }

  private static func nan(_ fraction: Number.RawSignificand) -> Number {
    Number(sign: .plus, exponentBitPattern: Number.infinity.exponentBitPattern, significandBitPattern: fraction)
  }

  private static func fraction(_ digits: Substring, in text: String) throws(ValueTextError) -> Number.RawSignificand {
    guard digits.hasPrefix("0x"), digits.count > 2, digits.dropFirst(2).utf8.allSatisfy(\.isHexadecimalDigit) else {
      throw ValueTextError(.fraction, text: text)
    }
    let bits = Number.RawSignificand(digits.dropFirst(2), radix: 16) ?? 0
    guard bits != 0, bits >> Number.significandBitCount == 0 else { throw ValueTextError(.range, text: text) }
    return bits
  }
}

/// Decimal and hexadecimal numbers without a sign: digits, perhaps a point among them, perhaps an exponent.
private enum FloatGrammar {
  static func accepts(_ text: Substring) -> Bool {
    let isHexadecimal = text.hasPrefix("0x")
    var rest = isHexadecimal ? text.dropFirst(2).utf8[...] : text.utf8[...]
    let isDigit: (UInt8) -> Bool = isHexadecimal ? \.isHexadecimalDigit : \.isDecimalDigit
    var count = take(&rest, isDigit)
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      count += take(&rest, isDigit)
    }
    guard count > 0 else { return false }
    guard let mark = rest.popFirst() else { return true }
    guard mark | 0x20 == UInt8(ascii: isHexadecimal ? "p" : "e") else { return false }
    if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
    return take(&rest, \.isDecimalDigit) > 0 && rest.isEmpty
  }

  /// Removes what comes first of a kind, and says how much it is.
  private static func take(_ rest: inout Substring.UTF8View.SubSequence, _ isKind: (UInt8) -> Bool) -> Int {
    let end = rest.firstIndex { !isKind($0) } ?? rest.endIndex
    defer { rest = rest[end...] }
    return rest.distance(from: rest.startIndex, to: end)
  }
}

extension Substring {
  /// Whether there is a minus, and what is behind the sign.
  var splitSign: (isNegative: Bool, rest: Substring) {
    switch utf8.first {
    case UInt8(ascii: "-"): (true, dropFirst())
    case UInt8(ascii: "+"): (false, dropFirst())
    default: (false, self)
    }
  }
}

extension UInt8 {
  var isDecimalDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
  var isHexadecimalDigit: Bool { isDecimalDigit || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(self | 0x20) }
}
