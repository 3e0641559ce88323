import RandomNumbers

/// Operands on which float arithmetic goes wrong if it does, as bits.
package struct OperandSamples: Sendable {
  private var random: SplitMix64

  package init(seed: UInt64) {
    random = SplitMix64(seed: seed)
  }

  /// Numbers at the ends of every range: zeros, subnormal and greatest numbers, ones and halves with their neighbours, the bounds
  /// of the integers, infinities and NaNs, with both signs; of integers the powers of two with their neighbours.
  package static func edges(_ operand: FloatOperator.Operand) -> [UInt64] {
    switch operand {
    case .i32, .i64:
      let width = operand == .i32 ? 32 : 64
      var values: Set<UInt64> = [0]
      for exponent in [0, 1, 7, 23, 24, 25, 31, 32, 40, 52, 53, 54, 62, 63] where exponent < width {
        let power = UInt64(1) << UInt64(exponent)
        values.formUnion([power - 1, power, power + 1, power | power >> 24, power | power >> 53])
      }
      return Set((values + values.map { 0 &- $0 }).map { $0 & (.max >> UInt64(64 - width)) }).sorted()
    case .f32: return edges(fractionWidth: 23, width: 32)
    case .f64: return edges(fractionWidth: 52, width: 64)
    }
  }

  private static func edges(fractionWidth: UInt64, width: UInt64) -> [UInt64] {
    let bias = UInt64(1) << (width - fractionWidth - 2) - 1
    let infinity = (2 * bias + 1) << fractionWidth
    let quiet = UInt64(1) << (fractionWidth - 1)
    var magnitudes: Set<UInt64> = [0, 1, 2, infinity, infinity | quiet, infinity | 1, infinity | quiet | 1]
    magnitudes.formUnion([infinity - 1, (2 * bias) << fractionWidth, 1 << fractionWidth, 2 << fractionWidth, quiet])
    for exponent in [0, 1, 2, 31, 32, 63, 64, fractionWidth - 1, fractionWidth, fractionWidth + 1] {
      magnitudes.insert((bias + exponent) << fractionWidth)
      magnitudes.insert((bias - exponent) << fractionWidth)
    }
    magnitudes.formUnion([0, 1, 2].map { bias << fractionWidth | quiet | $0 << (fractionWidth - 2) })
    magnitudes.formUnion([1, 2].map { (bias + $0) << fractionWidth | quiet >> $0 })
    let neighbours = magnitudes.flatMap { [$0 &- 1, $0 + 1] }.filter { $0 < UInt64(1) << (width - 1) }
    magnitudes.formUnion(neighbours)
    return magnitudes.sorted().flatMap { [$0, $0 | UInt64(1) << (width - 1)] }
  }

  /// Two random operands, often alike: bit patterns, numbers with close exponents, short significands, subnormal ones.
  package mutating func pair(_ operand: FloatOperator.Operand) -> (UInt64, UInt64) {
    switch operand {
    case .i32, .i64:
      let width: UInt64 = operand == .i32 ? 32 : 64
      return (integer(width), integer(width))
    case .f32: return pair(fractionWidth: 23, width: 32)
    case .f64: return pair(fractionWidth: 52, width: 64)
    }
  }

  private mutating func integer(_ width: UInt64) -> UInt64 {
    let kept: UInt64 = random.next() % 4 == 0 ? .max << (random.next() % width) : .max
    let value = (random.next() >> (64 - width + random.next() % width)) & kept
    return random.next() % 3 == 0 ? (0 &- value) & (.max >> (64 - width)) : value
  }

  private mutating func pair(fractionWidth: UInt64, width: UInt64) -> (UInt64, UInt64) {
    let first = number(fractionWidth, width)
    let fieldMask = (UInt64(1) << (width - fractionWidth - 1) - 1) << fractionWidth
    switch random.next() % 4 {
    case 0: return (first, number(fractionWidth, width))
    case 1: return (first, first ^ (random.next() & 0xff) << (random.next() % (width - 7)))
    default:
      // Of an exponent that is off by no more than what a sum still feels.
      let distance = random.next() % (2 * fractionWidth + 8) &- (fractionWidth + 4)
      let field = (first &+ distance << fractionWidth) & fieldMask
      return (first, number(fractionWidth, width) & ~fieldMask | field)
    }
  }

  private mutating func number(_ fractionWidth: UInt64, _ width: UInt64) -> UInt64 {
    let bits = random.next() >> (64 - width)
    let rest = UInt64(1) << (width - 1) | (UInt64(1) << fractionWidth - 1)
    let bias = UInt64(1) << (width - fractionWidth - 2) - 1
    switch random.next() % 8 {
    case 0, 1: return bits
    case 2: return bits & rest
    case 3: return bits & rest | (random.next() % (fractionWidth + 2)) << fractionWidth
    case 4: return bits & .max << (random.next() % (fractionWidth + 1))
    case 5:
      return bits & rest & .max << (random.next() % (fractionWidth + 1)) | (bias &- 2 &+ random.next() % 66)
        << fractionWidth
    case 6: return (bits & rest | (bias &- 2 &+ random.next() % 66) << fractionWidth) &+ random.next() % 3
    default: return bits & rest | (bias &- 30 &+ random.next() % 60) << fractionWidth
    }
  }
}
