import WebAssembly

/// The i32 operations that the base profile lacks, with Swift's own arithmetic as oracle.
enum IntegerOperation {
  static let binary: [NumericOperator] = [
    .i32Mul, .i32DivS, .i32DivU, .i32RemS, .i32RemU, .i32And, .i32Or, .i32Xor, .i32Shl, .i32ShrS, .i32ShrU, .i32Rotl,
    .i32Rotr,
  ]
  static let unary: [NumericOperator] = [.i32Clz, .i32Ctz, .i32Popcnt, .i32Extend8S, .i32Extend16S]

  /// The result, nil where WebAssembly traps.
  static func result(_ operation: NumericOperator, _ a: UInt32, _ b: UInt32) -> UInt32? {
    let (signedA, signedB) = (Int32(bitPattern: a), Int32(bitPattern: b))
    let isOutOfRange = signedA == .min && signedB == -1
    switch operation {
    case .i32Mul: return a &* b
    case .i32DivU: return b == 0 ? nil : a / b
    case .i32RemU: return b == 0 ? nil : a % b
    case .i32DivS: return b == 0 || isOutOfRange ? nil : UInt32(bitPattern: signedA / signedB)
    case .i32RemS: return b == 0 ? nil : isOutOfRange ? 0 : UInt32(bitPattern: signedA % signedB)
    case .i32And: return a & b
    case .i32Or: return a | b
    case .i32Xor: return a ^ b
    case .i32Shl: return a << (b % 32)
    case .i32ShrU: return a >> (b % 32)
    case .i32ShrS: return UInt32(bitPattern: signedA >> Int32(b % 32))
    case .i32Rotl: return a << (b % 32) | a >> (32 - b % 32)
    case .i32Rotr: return a >> (b % 32) | a << (32 - b % 32)
    case .i32Clz: return UInt32(a.leadingZeroBitCount)
    case .i32Ctz: return UInt32(a.trailingZeroBitCount)
    case .i32Popcnt: return UInt32(a.nonzeroBitCount)
    case .i32Extend8S: return UInt32(bitPattern: Int32(Int8(truncatingIfNeeded: a)))
    case .i32Extend16S: return UInt32(bitPattern: Int32(Int16(truncatingIfNeeded: a)))
    default: return nil
    }
  }

  /// 0, powers of two, their neighbours and the negations of all: the ends of every range that the code tells apart.
  static let edges: [UInt32] = {
    var values: Set<UInt32> = [0x5555_5555, 0x0102_0304, 10, 100, 1000]
    for exponent in [0, 1, 2, 3, 4, 5, 7, 8, 9, 12, 15, 16, 20, 23, 24, 25, 30, 31] as [UInt32] {
      let power = UInt32(1) << exponent
      values.formUnion([power &- 1, power, power &+ 1])
    }
    return values.union(values.map { 0 &- $0 }).sorted()
  }()
}
