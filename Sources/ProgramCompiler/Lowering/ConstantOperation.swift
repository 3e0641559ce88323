import WebAssembly

/// An operation that the base profile lacks, with a right operand that is known.
struct ConstantOperation: Hashable, Sendable {
  let operation: NumericOperator
  let constant: UInt32

  /// The exponent where the constant is a power of two.
  private var exponent: UInt32? {
    constant != 0 && constant & (constant - 1) == 0 ? UInt32(constant.trailingZeroBitCount) : nil
  }

  /// The exponent where the constant or its negation is a power of two that a signed division can be mirrored by.
  private var magnitudeExponent: UInt32? {
    let signed = Int32(bitPattern: constant)
    return ConstantOperation(operation: operation, constant: signed.magnitude).exponent.flatMap { $0 < 31 ? $0 : nil }
  }

  /// How the operation is done with instructions of the base profile that are made for this constant; nil where the general
  /// subroutine serves.
  var form: Form? {
    let count = constant % 32
    switch operation {
    case .i32Mul: return .multiply(constant)
    case .i32Shl: return .shiftLeft(count)
    case .i32ShrU: return .shiftRight(count)
    case .i32ShrS: return .shiftRightSigned(count)
    case .i32DivU: return exponent.map { .shiftRight($0) }
    case .i32RemU: return exponent.map { .mask(.low($0)) }
    case .i32DivS: return exponent.flatMap { $0 < 31 ? .divideSigned($0) : nil }
    case .i32RemS: return magnitudeExponent.map { .remainderSigned($0) }
    case .i32And: return Mask(constant).map { .mask($0) }
    case .i32Or: return Mask(constant).map { .or($0, constant) }
    case .i32Xor: return constant == ~0 ? .complement : Mask(constant).map { .exclusiveOr($0, constant) }
    default: return nil
    }
  }

  /// Code made for a constant.
  enum Form: Hashable, Sendable {
    case multiply(UInt32)
    case shiftLeft(UInt32)
    case shiftRight(UInt32)
    case shiftRightSigned(UInt32)
    case divideSigned(UInt32)
    case remainderSigned(UInt32)
    case complement
    case mask(Mask)
    case or(Mask, UInt32)
    case exclusiveOr(Mask, UInt32)
  }
}

/// A constant that a logical `and` has code of its own for.
enum Mask: Hashable, Sendable {
  /// Each byte kept or cleared: bit i stands for byte i.
  case bytes(kept: UInt8)
  /// The lowest bits kept, so many.
  case low(UInt32)
  /// The lowest bits cleared, so many.
  case high(UInt32)
  /// One bit kept.
  case bit(UInt32)

  /// The mask with this value, nil for one that is none of these.
  init?(_ value: UInt32) {
    let bytes = (0..<4).map { UInt8(truncatingIfNeeded: value >> UInt32(8 * $0)) }
    if bytes.allSatisfy({ $0 == 0 || $0 == 0xff }) {
      self = .bytes(kept: bytes.enumerated().reduce(0) { $0 | ($1.element & 1) << UInt8($1.offset) })
    } else if value & (value &+ 1) == 0 {
      self = .low(UInt32(value.trailingZeroBitCount == 0 ? (~value).trailingZeroBitCount : 0))
    } else if ~value & (~value &+ 1) == 0 {
      self = .high(UInt32(value.trailingZeroBitCount))
    } else if value.nonzeroBitCount == 1 {
      self = .bit(UInt32(value.trailingZeroBitCount))
    } else {
      return nil
    }
  }
}
