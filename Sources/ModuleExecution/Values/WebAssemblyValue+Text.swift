import Files
import WebAssembly

/// The form in which values are given to commands and printed: `i32:-1`, `f64:1.5`, `f32:nan:0x200000`.
extension WebAssemblyValue {
  /// A value written as its type, a colon and a number.
  ///
  /// Integers are decimal or, behind `0x`, hexadecimal, from −2ⁿ⁻¹ to 2ⁿ − 1. Floating-point numbers are decimal or hexadecimal
  /// (`0x1.8p3`) and are rounded once, to the nearest even; besides there are `inf`, `nan:canonical`, for which `nan` is short,
  /// and `nan:0x…` with the bits of the fraction. A sign may stand before each number.
  ///
  /// - Throws: ``ValueTextError`` when the text is none of this, or the number is out of range.
  public init(text: String) throws(ValueTextError) {
    guard let colon = text.firstIndex(of: ":"), let type = ValueType(rawValue: String(text[..<colon])) else {
      throw ValueTextError(.type, text: text)
    }
    let number = text[text.index(after: colon)...]
    switch type {
    case .i32: self = .i32(try Self.integer(UInt32.self, number, in: text) { Int32(bitPattern: $0) })
    case .i64: self = .i64(try Self.integer(UInt64.self, number, in: text) { Int64(bitPattern: $0) })
    case .f32: self = .f32(bitPattern: try FloatText<Float>(number, in: text).value.bitPattern)
    case .f64: self = .f64(bitPattern: try FloatText<Double>(number, in: text).value.bitPattern)
    }
  }

  /// The text of which ``init(text:)`` makes the same value: integers as signed decimal numbers, others with as few digits as tell
  /// them from all others of their type.
  public var text: String {
    let number =
      switch self {
      case .i32(let value): "\(value)"
      case .i64(let value): "\(value)"
      case .f32(let bits): FloatText(Float(bitPattern: bits)).text
      case .f64(let bits): FloatText(Double(bitPattern: bits)).text
      }
    return "\(type.rawValue):\(number)"
  }

  private static func integer<Magnitude: FixedWidthInteger & UnsignedInteger, Signed>(
    _: Magnitude.Type, _ number: Substring, in text: String, _ signed: (Magnitude) -> Signed
  ) throws(ValueTextError) -> Signed {
    let (isNegative, digits) = number.splitSign
    let isHexadecimal = digits.hasPrefix("0x")
    let plain = isHexadecimal ? digits.dropFirst(2) : digits
    let isDigit: (UInt8) -> Bool = isHexadecimal ? \.isHexadecimalDigit : \.isDecimalDigit
    guard !plain.isEmpty, plain.utf8.allSatisfy(isDigit) else {
      throw ValueTextError(.integer, text: text)
    }
    let least = Magnitude(1) << (Magnitude.bitWidth - 1)
    guard let magnitude = Magnitude(plain, radix: isHexadecimal ? 16 : 10), !isNegative || magnitude <= least else {
      throw ValueTextError(.range, text: text)
    }
    return signed(isNegative ? 0 &- magnitude : magnitude)
  }
}

extension WebAssemblyValue: CustomStringConvertible {
  /// The same as ``text``.
  public var description: String { text }
}

/// Why a text is no value.
public struct ValueTextError: Error, Hashable, Sendable, CustomStringConvertible {
  public enum Kind: Hashable, Sendable {
    /// There is no type and colon.
    case type
    /// There is no integer behind an integer's type.
    case integer
    /// There is no floating-point number behind such a type.
    case float
    /// There are no bits of a fraction behind `nan:`.
    case fraction
    /// The type has no such number.
    case range
  }

  public let kind: Kind
  /// The whole text.
  public let text: String

  init(_ kind: Kind, text: String) {
    self.kind = kind
    self.text = text
  }

  /// What was expected, on one line.
  public var description: String {
    "expected \(expected), found '\(text.oneLine)'"
  }

  private var expected: String {
    switch kind {
    case .type: "a value such as i32:7, i64:-1, f32:1.5 or f64:nan:canonical"
    case .integer: "a decimal number or 0x and a hexadecimal one"
    case .float: "a decimal number, a hexadecimal one such as 0x1.8p3, inf or nan"
    case .fraction: "canonical or 0x and the bits of a fraction that is not 0"
    case .range: "a number in the range of its type"
    }
  }
}
