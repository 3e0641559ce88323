extension ExactGeometry {
  /// The sign of a·b − c·d without rounding, for all finite factors.
  package static func signOfProductDifference(
    _ a: Double, _ b: Double, _ c: Double, _ d: Double
  ) -> Sign {
    let left = Sign(of: a) * Sign(of: b)
    let right = Sign(of: c) * Sign(of: d)
    if left != right { return left.rawValue > right.rawValue ? .positive : .negative }
    if left == .zero { return .zero }
    // Rounding is monotone, overflow and underflow included: unequal rounded products have the order of the exact ones.
    let roundedLeft = a * b
    let roundedRight = c * d
    if roundedLeft != roundedRight { return roundedLeft > roundedRight ? .positive : .negative }
    let magnitudes = ProductMagnitude(a, b).compared(to: ProductMagnitude(c, d))
    return left * magnitudes
  }
}

/// The absolute value of a product of two finite numbers other than zero, as `significand` · 2^`exponent`.
private struct ProductMagnitude {
  /// In 2¹⁰⁵ ..< 2¹⁰⁶, so that magnitudes are ordered by exponent first.
  var significand: (high: UInt64, low: UInt64)
  var exponent: Int

  init(_ left: Double, _ right: Double) {
    let (leftSignificand, leftExponent) = Self.normalized(left)
    let (rightSignificand, rightExponent) = Self.normalized(right)
    let product = leftSignificand.multipliedFullWidth(by: rightSignificand)
    exponent = leftExponent + rightExponent
    if product.high >> 41 == 0 {
      significand = (product.high << 1 | product.low >> 63, product.low << 1)
      exponent -= 1
    } else {
      significand = (product.high, product.low)
    }
  }

  /// The 53-bit significand with its top bit set, and the exponent of its last bit.
  private static func normalized(_ number: Double) -> (significand: UInt64, exponent: Int) {
    let (significand, exponent) = number.integerParts
    let shift = significand.leadingZeroBitCount - 11
    return (significand << shift, exponent - shift)
  }

  func compared(to other: ProductMagnitude) -> Sign {
    if exponent != other.exponent { return exponent > other.exponent ? .positive : .negative }
    if significand == other.significand { return .zero }
    return significand > other.significand ? .positive : .negative
  }
}

extension Double {
  /// The absolute value of a finite number as an integer below 2⁵³ times a power of two, whose exponent is −1074 or
  /// greater.
  var integerParts: (significand: UInt64, exponent: Int) {
    let biasedExponent = Int(exponentBitPattern)
    if biasedExponent == 0 { return (significandBitPattern, -1074) }
    return (significandBitPattern | 1 << 52, biasedExponent - 1075)
  }
}
