/// The two questions that decide every attention result and every hull, answered without rounding for all finite
/// binary64 inputs, subnormal and huge ones included.
///
/// Each question is the sign of a·b + c·d, where the factors are coordinates or differences of coordinates. Three
/// stages answer it, each only when the one before cannot:
/// 1. a floating-point filter, whose error bound nearly always decides;
/// 2. if all differences happen to be exact, an exact comparison of the two products (`signOfProductDifference`);
/// 3. an exact sum of products of the coordinates themselves (`ExactProductSum`).
package enum ExactGeometry {
  /// The sign of (query · left) − (query · right): which of two keys scores higher.
  @inline(__always)
  package static func compareScores(
    _ query: SIMD2<Double>, _ left: SIMD2<Double>, _ right: SIMD2<Double>
  ) -> Sign {
    let difference = left - right
    let product = query * difference
    if let sign = filteredSign(product.x, product.y) { return sign }
    return compareScoresExactly(query, left, right)
  }

  /// The sign of the cross product (b − a) × (c − a): positive when a, b, c turn to the left, zero when they are
  /// collinear.
  @inline(__always)
  package static func orientation(
    _ a: SIMD2<Double>, _ b: SIMD2<Double>, _ c: SIMD2<Double>
  ) -> Sign {
    let ab = b - a
    let ac = c - a
    if let sign = filteredSign(ab.x * ac.y, -(ab.y * ac.x)) { return sign }
    return orientationExactly(a, b, c)
  }

  /// The sign of `first + second`, two rounded products of factors that are rounded once at most, if the rounding
  /// cannot have changed it.
  ///
  /// With u = 2⁻⁵³ each product is off by at most a factor (1 + u)³ and 2⁻¹⁰⁷⁵, the sum by one more rounding: the error
  /// is below 4u(|first| + |second|) + 2⁻¹⁰²². An overflow makes the bound infinite or NaN, and every comparison false.
  @inline(__always)
  private static func filteredSign(_ first: Double, _ second: Double) -> Sign? {
    let sum = first + second
    let bound = 0x1p-51 * (first.magnitude + second.magnitude) + 0x1p-1022
    if sum > bound { return .positive }
    if sum < -bound { return .negative }
    return nil
  }

  @inline(never)
  private static func compareScoresExactly(
    _ query: SIMD2<Double>, _ left: SIMD2<Double>, _ right: SIMD2<Double>
  ) -> Sign {
    if let dx = exactDifference(left.x, right.x), let dy = exactDifference(left.y, right.y) {
      return signOfProductDifference(query.x, dx, query.y, -dy)
    }
    var sum = ExactProductSum()
    sum.add(query.x, left.x)
    sum.add(query.y, left.y)
    sum.add(query.x, -right.x)
    sum.add(query.y, -right.y)
    return sum.sign
  }

  @inline(never)
  private static func orientationExactly(
    _ a: SIMD2<Double>, _ b: SIMD2<Double>, _ c: SIMD2<Double>
  ) -> Sign {
    if let abx = exactDifference(b.x, a.x), let aby = exactDifference(b.y, a.y),
      let acx = exactDifference(c.x, a.x), let acy = exactDifference(c.y, a.y)
    {
      return signOfProductDifference(abx, acy, aby, acx)
    }
    var sum = ExactProductSum()
    for (p, q) in [(a, b), (b, c), (c, a)] {
      sum.add(p.x, q.y)
      sum.add(-p.y, q.x)
    }
    return sum.sign
  }

  /// `left − right` if binary64 holds it, else nil.
  ///
  /// The rounding error is computed by Knuth's two-sum, in which no step but the first rounds; an overflow
  /// makes it NaN.
  @inline(__always)
  private static func exactDifference(_ left: Double, _ right: Double) -> Double? {
    let difference = left - right
    let virtualRight = left - difference
    let virtualLeft = difference + virtualRight
    let error = (left - virtualLeft) + (virtualRight - right)
    return error == 0 ? difference : nil
  }
}
