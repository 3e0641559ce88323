public import ModuleExecution
public import WebAssembly

/// What a result must be.
public enum ExpectedValue: Hashable, Sendable {
  /// This value, bit for bit.
  case value(WebAssemblyValue)
  /// Any NaN of a class, of either sign.
  case nan(ValueType, NaN)

  /// The classes of NaN that the specification tells apart. The raw value is the script's word.
  public enum NaN: String, Hashable, Sendable {
    /// Of the fraction only the most significant bit is set.
    case canonical = "nan:canonical"
    /// The most significant bit of the fraction is set, and others may be.
    case arithmetic = "nan:arithmetic"
  }

  /// Whether a result is what is expected.
  public func matches(_ result: WebAssemblyValue) -> Bool {
    switch self {
    case .value(let value): return value == result
    case .nan(let type, let nan):
      guard type == result.type, let canonical = type.canonicalNaN else { return false }
      switch nan {
      case .canonical: return result.bits & ~type.signBit == canonical
      case .arithmetic: return result.bits & canonical == canonical
      }
    }
  }
}

extension ValueType {
  /// The bits of the positive canonical NaN: the exponent, and the fraction's most significant bit.
  fileprivate var canonicalNaN: UInt64? {
    switch self {
    case .f32: 0x7fc0_0000
    case .f64: 0x7ff8_0000_0000_0000
    case .i32, .i64: nil
    }
  }

  fileprivate var signBit: UInt64 {
    switch self {
    case .i32, .f32: 1 << 31
    case .i64, .f64: 1 << 63
    }
  }
}

extension ExpectedValue: CustomStringConvertible {
  public var description: String {
    switch self {
    case .value(let value): value.text
    case .nan(let type, let nan): "\(type.rawValue):\(nan.rawValue)"
    }
  }
}

extension [WebAssemblyValue] {
  /// The values behind each other, or that there are none.
  var text: String { isEmpty ? "no results" : map(\.text).joined(separator: " ") }
}
