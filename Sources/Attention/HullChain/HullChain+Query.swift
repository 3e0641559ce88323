extension HullChain {
  /// The points with the greatest score for a query with a positive second component, combined; nil when there are
  /// none.
  ///
  /// - Complexity: O(log n) for n vertices.
  mutating func winners(_ query: SIMD2<Double>) -> TiedValues? {
    guard let peak = tree.peak(query) else { return nil }
    var winners = tree.values(at: peak.cursor).pointee
    if peak.tiesWithNext {
      if let inside = edgeValues(at: peak.cursor) { winners.merge(inside, rule: tieRule) }
      if let next = tree.successor(of: peak.cursor) {
        winners.merge(tree.values(at: next).pointee, rule: tieRule)
      }
    }
    return winners
  }
}
