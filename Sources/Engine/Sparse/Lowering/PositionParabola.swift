import Transformer

/// A key (2 · b · t, c · recency(t) − b · t²), whose score is greatest where the position is nearest to qx / qy.
package struct PositionParabola: Hashable, Sendable {
  /// The factor b, a power of two, so that b · t² is exact.
  let scale: Double
  /// The factor c of the term that prefers the later of two keys, 0 ≤ c ≤ b / 2, so small that it decides between
  /// equally near positions only.
  let recency: Double

  /// How far from a position a query may be to name it.
  static let tolerance = 0.125

  /// A parabola with given factors; nil when they are not such as described.
  package init?(scale: Double, recency: Double) {
    guard scale > 0, Self.isSafePower(scale), recency >= 0, recency <= scale / 2 else { return nil }
    self.scale = scale
    self.recency = recency
  }

  /// The parabola that a key is proved to be, if it is one.
  init?(_ key: RegisterPair, in graph: RegisterGraph) {
    guard let slope = graph.multiple(key.x, of: .position) else { return nil }
    guard case .sum(base: .zero, let products) = graph.definitions[key.y.index], products.count <= 2 else { return nil }
    var squareWeights: [Double] = []
    var recencyWeights: [Double] = []
    for product in products {
      if product.register == .inverseLog {
        recencyWeights.append(product.weight)
      } else if let weight = graph.multiple(product.register, of: .square), Self.isSafePower(product.weight) {
        squareWeights.append(product.weight * weight)
      } else {
        return nil
      }
    }
    guard squareWeights == [-slope / 2], recencyWeights.count <= 1 else { return nil }
    self.init(scale: slope / 2, recency: recencyWeights.first ?? 0)
  }

  /// Whether a factor only moves the exponent of what it multiplies.
  private static func isSafePower(_ factor: Double) -> Bool {
    factor.magnitude.significand == 1 && (0x1p-100...0x1p100).contains(factor.magnitude)
  }

  /// The key at a position, by the arithmetic of the projection.
  package func key(at position: Int) -> SIMD2<Double> {
    let encoding = PositionEncoding(position)
    return SIMD2(2 * scale * encoding.position, recency * encoding.inverseLog - scale * encoding.square)
  }

  /// The position in 0 … `last` whose key wins a query that points up, if the query alone shows which.
  ///
  /// In units of b · qy, and but for a term common to all, the key at j scores −(j − q)² + e(j) with q = qx / qy, where e holds
  /// the recency term and the rounding of the second coordinate. Over all positions e varies by less than 0.73 + 0.5,
  /// but between neighbours by less than 0.6: early ones are not rounded, and the recency of late ones hardly differs.
  /// A position within ⅛ of q leads its neighbours by at least 0.75 and the others by at least 3.5; an end of the range
  /// that q lies beyond leads its neighbour by at least 1 and the others by at least 4.
  @inline(__always)
  package static func winner(_ query: SIMD2<Double>, last: Int) -> Int? {
    guard query.y > 0, query.y <= .greatestFiniteMagnitude else { return nil }
    let target = query.x / query.y
    if target <= 0 { return 0 }
    guard target < Double(last) else { return target.isNaN ? nil : last }
    // Halves, which might be rounded either way, are too far from both.
    let nearest = Int(target + 0.5)
    return abs(target - Double(nearest)) <= tolerance ? nearest : nil
  }

  /// Positions among which every winner of a finite query is, in ascending order, when keys 0 … `last` are compared.
  ///
  /// With a query that points up, the position nearest to q leads those two and more away by at least 2. With one that points
  /// down the scores are convex but for rounding, and an end leads everything between by at least 1. A horizontal one,
  /// not zero, is won at an end.
  package func candidates(_ query: SIMD2<Double>, last: Int) -> [Int] {
    guard query.y > 0 else { return last == 0 ? [0] : [0, last] }
    let target = min(max(query.x / query.y, 0), Double(last))
    let nearest = Int(target.rounded())
    return Array(max(nearest - 1, 0)...min(nearest + 1, last))
  }
}
