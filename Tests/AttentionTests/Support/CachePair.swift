import Attention
import Testing

/// The hull and the O(n) reference, fed with the same keys and asked the same queries.
struct CachePair {
  var hull: HullHeadCache
  var reference: ReferenceHeadCache

  init(_ rule: TieRule) {
    hull = HullHeadCache(tieRule: rule)
    reference = ReferenceHeadCache(tieRule: rule)
  }

  mutating func insert(_ key: SIMD2<Double>, _ value: SIMD2<Double>) {
    hull.insert(key: key, value: value)
    reference.insert(key: key, value: value)
  }

  /// Expects that both find the same keys tied for each query (the position or number of winners, and their value or
  /// sum, bit for bit), and that the hull is sound.
  ///
  /// - Returns: Whether that is so.
  @discardableResult
  mutating func expectAgreement(on queries: [SIMD2<Double>], _ context: @autoclosure () -> String) -> Bool {
    if let violation = hull.invariantViolation() {
      Issue.record("\(violation); \(context()), \(hull.count) keys")
      return false
    }
    for query in queries {
      let winners = hull.winners(query)
      let expected = reference.winners(query)
      if winners != expected || hull.query(query) != expected?.resolved(by: hull.tieRule) ?? .zero {
        Issue.record(
          """
          query \(query): hull \(String(describing: winners)), reference \(String(describing: expected)); \
          \(context()), \(hull.count) keys
          """)
        return false
      }
    }
    return true
  }
}
