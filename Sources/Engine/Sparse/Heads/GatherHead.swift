import Attention
import Transformer

/// A head that returns the values at the position that its query names.
struct GatherHead: Sendable {
  /// The registers of the query.
  let query: (x: Int, y: Int)
  /// Where the values of all positions are; nil where a value is not wanted.
  let columns: (x: GatheredColumn?, y: GatheredColumn?)
  /// Where the result goes: this register and the next.
  let destination: Int
  let rule: TransformerLayer.TieRule
  let parabola: PositionParabola

  /// The values attended to from the latest position of the columns.
  ///
  /// - Parameters:
  ///   - total: The sum of the values at all positions, for a query of zero under the rule `average`.
  @inline(__always)
  func attend(
    query: SIMD2<Double>, last: Int, history: PositionHistory, total: SIMD2<Double>
  ) -> SIMD2<Double> {
    if let winner = PositionParabola.winner(query, last: last) { return value(at: winner, in: history) }
    return attendByComparison(query: query, last: last, history: history, total: total)
  }

  /// Compares the few keys that can win, exactly.
  @inline(never)
  private func attendByComparison(
    query: SIMD2<Double>, last: Int, history: PositionHistory, total: SIMD2<Double>
  ) -> SIMD2<Double> {
    let query = SIMD2(query.x.clampedToFinite, query.y.clampedToFinite)
    if query == .zero { return rule == .latest ? value(at: last, in: history) : total / Double(last + 1) }
    var cache = ReferenceHeadCache(tieRule: rule.attentionRule)
    for position in parabola.candidates(query, last: last) {
      cache.insert(key: parabola.key(at: position), value: value(at: position, in: history))
    }
    return cache.query(query)
  }

  @inline(__always)
  func value(at position: Int, in history: PositionHistory) -> SIMD2<Double> {
    SIMD2(columns.x.map { history[position, $0] } ?? 0, columns.y.map { history[position, $0] } ?? 0)
  }
}
