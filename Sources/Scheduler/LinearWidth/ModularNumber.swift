/// A residue modulo the prime 2⁶¹ − 1.
///
/// A binary64 number is an integer times a power of two and so has a residue: sums and products of residues are exact.
/// A matrix of binary64 numbers has, over the rationals, at least the rank of its residues, and the same rank unless the
/// prime divides certain minors of it, which happens by chance about once in 10¹⁸.
package struct ModularNumber: Hashable {
  package static let modulus: UInt64 = (1 << 61) - 1

  package let residue: UInt64

  package static let zero = ModularNumber(residue: 0)
  package static let one = ModularNumber(residue: 1)

  private init(residue: UInt64) {
    self.residue = residue
  }

  /// The residue of a finite number.
  package init(_ value: Double) {
    guard value.isFinite, value != 0 else {
      self = .zero
      return
    }
    // |value| = integer · 2^exponent with an integer below 2⁵³.
    let integer = UInt64(value.significand * 0x1p52)
    let exponent = Int(value.exponent) - 52
    // 2⁶¹ is 1 modulo the prime, so exponents count modulo 61.
    let power = ((exponent % 61) + 61) % 61
    let magnitude = ModularNumber(residue: integer % Self.modulus) * ModularNumber(residue: 1 << UInt64(power))
    self = value < 0 ? .zero - magnitude : magnitude
  }

  package static func + (left: ModularNumber, right: ModularNumber) -> ModularNumber {
    let sum = left.residue + right.residue
    return ModularNumber(residue: sum >= modulus ? sum - modulus : sum)
  }

  package static func - (left: ModularNumber, right: ModularNumber) -> ModularNumber {
    ModularNumber(
      residue: left.residue >= right.residue ? left.residue - right.residue : left.residue + modulus - right.residue)
  }

  package static func * (left: ModularNumber, right: ModularNumber) -> ModularNumber {
    let product = left.residue.multipliedFullWidth(by: right.residue)
    return ModularNumber(residue: modulus.dividingFullWidth(product).remainder)
  }

  /// The number that gives 1 with this one, which is not zero: its (modulus − 2)-th power.
  package var inverse: ModularNumber {
    var result = ModularNumber.one
    var square = self
    var exponent = Self.modulus - 2
    while exponent > 0 {
      if exponent & 1 == 1 { result = result * square }
      square = square * square
      exponent >>= 1
    }
    return result
  }
}
