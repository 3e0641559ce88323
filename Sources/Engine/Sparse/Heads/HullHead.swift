import Transformer

/// The key and the values that a hull takes in for each token. Heads with the same keys share one hull.
struct HullInsertion: Sendable {
  /// The registers of the key.
  let key: (x: Int, y: Int)
  /// The registers of the values.
  let values: (x: Int, y: Int)
  let rule: TransformerLayer.TieRule
}

extension HullInsertion {
  /// Whether an index may stand in for the hull.
  var mayUseIndex: Bool { rule == .latest }
}

/// A head that searches a hull.
struct HullSearch: Sendable {
  /// The hull, by its insertion.
  let hull: Int
  /// The registers of the query.
  let query: (x: Int, y: Int)
  /// Which of the hull's two values goes to the destination, and which to the register after it.
  let lanes: (x: Int, y: Int)
  /// Where the result goes: this register and the next.
  let destination: Int
  /// What the weights prove about the head, for those who ask.
  let use: HeadUse
}

extension HullSearch {
  /// The head's values among the hull's.
  @inline(__always)
  func pick(_ values: SIMD2<Double>) -> SIMD2<Double> {
    SIMD2(values[lanes.x], values[lanes.y])
  }
}
