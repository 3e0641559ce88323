import Attention
import Testing

/// The hull and the O(n) reference, fed with the same keys and asked the same queries.
struct CachePair {
  private(set) var hull: HullHeadCache
  private(set) var reference: ReferenceHeadCache

  init(_ rule: TieRule) {
    hull = HullHeadCache(tieRule: rule)
    reference = ReferenceHeadCache(tieRule: rule)
  }

  mutating func insert(_ key: SIMD2<Double>, _ value: SIMD2<Double>) {
    hull.insert(key: key, value: value)
    reference.insert(key: key, value: value)
  }

  /// Whether both find the same keys tied: the position or number of winners, and their value or sum, bit for bit.
  func agree(on query: SIMD2<Double>) -> Bool {
    hull.winners(query) == reference.winners(query) && hull.query(query) == reference.query(query)
  }

  /// Expects agreement on each of the queries, and a sound hull.
  func expectAgreement(on queries: [SIMD2<Double>], _ context: @autoclosure () -> String) {
    if let violation = hull.invariantViolation() {
      Issue.record("\(violation); \(context()), \(hull.count) keys")
    }
    for query in queries where !agree(on: query) {
      Issue.record(
        """
        query \(query): hull \(String(describing: hull.winners(query))), \
        reference \(String(describing: reference.winners(query))); \(context()), \(hull.count) keys
        """)
    }
  }
}
