import InstructionSet
public import WebAssembly

/// A number that is given to a WebAssembly function, or that comes out of one.
///
/// Floating-point numbers are kept as their bits, so that every NaN survives; equality is that of the bits.
public enum WebAssemblyValue: Hashable, Sendable {
  case i32(Int32)
  case i64(Int64)
  case f32(bitPattern: UInt32)
  case f64(bitPattern: UInt64)

  /// The value of a type with these bits, of which a type of four bytes takes the lower half.
  public init(_ type: ValueType, bits: UInt64) {
    switch type {
    case .i32: self = .i32(Int32(truncatingIfNeeded: bits))
    case .i64: self = .i64(Int64(bitPattern: bits))
    case .f32: self = .f32(bitPattern: UInt32(truncatingIfNeeded: bits))
    case .f64: self = .f64(bitPattern: bits)
    }
  }

  public static func f32(_ value: Float) -> WebAssemblyValue { .f32(bitPattern: value.bitPattern) }
  public static func f64(_ value: Double) -> WebAssemblyValue { .f64(bitPattern: value.bitPattern) }

  public var type: ValueType {
    switch self {
    case .i32: .i32
    case .i64: .i64
    case .f32: .f32
    case .f64: .f64
    }
  }

  /// The bits, zero-extended.
  public var bits: UInt64 {
    switch self {
    case .i32(let value): UInt64(UInt32(bitPattern: value))
    case .i64(let value): UInt64(bitPattern: value)
    case .f32(let bits): UInt64(bits)
    case .f64(let bits): bits
    }
  }
}

extension ValueType {
  /// The size of the type's values on the stack.
  var width: FullToken.ValueWidth {
    switch self {
    case .i32, .f32: .word
    case .i64, .f64: .wide
    }
  }
}
