import Attention
import Testing

@Suite("Hull and argmax on every small key sequence")
struct ExhaustiveHullTests {
  private static let grid = (-1...1).flatMap { x in (-1...1).map { y in IntegerPoint(x: x, y: y) } }
  private static let queries = (-2...2).flatMap { x in (-2...2).map { y in IntegerPoint(x: x, y: y) } }

  /// Every sequence of up to five of the nine grid points, each by extending a copy of the caches of the shorter one.
  @Test("Five points of a 3 × 3 grid, every query in {−2 … 2}²", arguments: TieRule.allCases)
  func sequences(rule: TieRule) {
    var failures = 0
    extend(CachePair(rule), [], rule, &failures)
    #expect(failures == 0)
  }

  private func extend(_ caches: CachePair, _ keys: [IntegerPoint], _ rule: TieRule, _ failures: inout Int) {
    if keys.count == 5 || failures > 10 { return }
    for point in Self.grid {
      var longer = caches
      let keys = keys + [point]
      longer.insert(point.vector, Self.value(at: keys.count - 1))
      check(&longer, keys, rule, &failures)
      extend(longer, keys, rule, &failures)
    }
  }

  private func check(_ caches: inout CachePair, _ keys: [IntegerPoint], _ rule: TieRule, _ failures: inout Int) {
    if let violation = caches.hull.invariantViolation() {
      failures += 1
      Issue.record("\(violation) after \(keys)")
    }
    for query in Self.queries {
      let expected = Self.expectedValue(keys, query, rule)
      let hull = caches.hull.query(query.vector)
      let reference = caches.reference.query(query.vector)
      if hull != expected || reference != expected {
        failures += 1
        Issue.record("\(keys), query \(query), \(rule): \(expected), hull \(hull), reference \(reference)")
      }
    }
  }

  /// Powers of two: each subset of positions has a sum of its own.
  private static func value(at position: Int) -> SIMD2<Double> {
    SIMD2(Double(1 << position), Double(-3 << position))
  }

  /// The definition in integers.
  private static func expectedValue(_ keys: [IntegerPoint], _ query: IntegerPoint, _ rule: TieRule) -> SIMD2<Double> {
    let scores = keys.map { $0.x * query.x + $0.y * query.y }
    let best = scores.max()
    let tied = scores.indices.filter { scores[$0] == best }
    switch rule {
    case .latest: return tied.last.map(value) ?? .zero
    case .average: return tied.reduce(.zero) { $0 + value(at: $1) } / Double(tied.count)
    }
  }
}

private struct IntegerPoint: Sendable {
  var x: Int
  var y: Int

  var vector: SIMD2<Double> { SIMD2(Double(x), Double(y)) }
}
