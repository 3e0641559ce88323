/// Hard attention by its definition: every query compares all keys. The oracle for every faster cache.
///
/// - Complexity: O(1) an insertion, O(`count`) a query, 32 bytes a key.
public struct ReferenceHeadCache: ArgmaxHeadCache {
  public let tieRule: TieRule
  private var keys: [SIMD2<Double>] = []
  private var values: [SIMD2<Double>] = []

  public init(tieRule: TieRule) {
    self.tieRule = tieRule
  }

  public var count: Int { keys.count }

  public var retainedKeyCount: Int { keys.count }

  public mutating func insert(key: SIMD2<Double>, value: SIMD2<Double>) {
    keys.append(key.clampedToFinite)
    values.append(value)
  }

  public func query(_ query: SIMD2<Double>) -> SIMD2<Double> {
    winners(query)?.resolved(by: tieRule) ?? .zero
  }

  public func winners(_ query: SIMD2<Double>) -> TiedValues? {
    guard var bestKey = keys.first, let firstValue = values.first else { return nil }
    let query = query.clampedToFinite
    var best = TiedValues(value: firstValue, position: 0, rule: tieRule)
    for position in 1..<keys.count {
      let key = keys[position]
      let order = key == bestKey ? .zero : ExactGeometry.compareScores(query, key, bestKey)
      if order == .negative { continue }
      let own = TiedValues(value: values[position], position: position, rule: tieRule)
      if order == .positive {
        bestKey = key
        best = own
      } else {
        best.merge(own, rule: tieRule)
      }
    }
    return best
  }
}
