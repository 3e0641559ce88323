/// A sum of up to sixteen products of finite binary64 numbers, kept without rounding.
///
/// The sum is one integer in two's complement, in units of 2⁻²¹⁴⁸, the product of the two smallest numbers. A product
/// is below 2²⁰⁴⁸, so that 4,196 bits hold one, 4,200 sixteen, and 66 words of 64 bits hold those and a sign.
package struct ExactProductSum {
  /// Least significant word first. [66]
  private var words = [UInt64](repeating: 0, count: 66)

  package init() {}

  /// Adds left · right.
  package mutating func add(_ left: Double, _ right: Double) {
    if left == 0 || right == 0 { return }
    let (leftSignificand, leftExponent) = left.integerParts
    let (rightSignificand, rightExponent) = right.integerParts
    let product = leftSignificand.multipliedFullWidth(by: rightSignificand)
    let offset = leftExponent + rightExponent + 2148
    let shift = UInt64(offset % 64)
    // A shift by 64 or more gives 0 in Swift, which is what the unshifted case needs.
    let parts = (
      product.low << shift,
      product.high << shift | product.low >> (64 - shift),
      product.high >> (64 - shift)
    )
    let isNegative = (left < 0) != (right < 0)
    accumulate(parts, at: offset / 64, negated: isNegative)
  }

  /// The sign of the sum.
  package var sign: Sign {
    if words[words.count - 1] >> 63 == 1 { return .negative }
    return words.allSatisfy { $0 == 0 } ? .zero : .positive
  }

  /// Adds or subtracts a number of three words, whose lowest has the place `start`.
  private mutating func accumulate(
    _ parts: (UInt64, UInt64, UInt64), at start: Int, negated: Bool
  ) {
    // −n is ~n + 1: the complement of all words from `start` on, and a carry into the first.
    let mask: UInt64 = negated ? .max : 0
    var carry: UInt64 = negated ? 1 : 0
    for index in start..<words.count {
      let part =
        switch index - start {
        case 0: parts.0
        case 1: parts.1
        case 2: parts.2
        default: UInt64(0)
        }
      let (partial, overflow) = words[index].addingReportingOverflow(part ^ mask)
      let (sum, carryOverflow) = partial.addingReportingOverflow(carry)
      words[index] = sum
      carry = overflow || carryOverflow ? 1 : 0
    }
  }
}
