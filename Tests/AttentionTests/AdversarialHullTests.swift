import Attention
import RandomNumbers
import Testing

@Suite("Hull and argmax on adversarial key sets")
struct AdversarialHullTests {
  @Test("Integer values: equal bit for bit after every insertion", arguments: KeyPattern.allCases, TieRule.allCases)
  func agreement(pattern: KeyPattern, rule: TieRule) {
    for seed in UInt64(1)...3 {
      var random = SplitMix64(seed: seed)
      let keys = pattern.keys(200, &random)
      var caches = CachePair(rule)
      for (position, key) in keys.enumerated() {
        let byte = Double(Int.random(in: 0...255, using: &random))
        caches.insert(key, SIMD2(byte, Double(position)))
        let queries = KeyPattern.queries(for: keys[...position], &random)
        if !caches.expectAgreement(on: queries, "\(pattern), \(rule), seed \(seed)") { return }
      }
    }
  }

  @Test("Any values: means equal but for rounding", arguments: KeyPattern.allCases)
  func means(pattern: KeyPattern) {
    let seed: UInt64 = 9
    var random = SplitMix64(seed: seed)
    let keys = pattern.keys(200, &random)
    var caches = CachePair(.average)
    for (position, key) in keys.enumerated() {
      caches.insert(key, SIMD2(Double.random(in: 0...1, using: &random), Double.random(in: -1...1, using: &random)))
      for query in KeyPattern.queries(for: keys[...position], &random) {
        let difference = caches.hull.query(query) - caches.reference.query(query)
        let sameNumber = caches.hull.winners(query)?.positionOrCount == caches.reference.winners(query)?.positionOrCount
        // Sums of at most 200 numbers of at most 1, each addition off by half an ulp of 200 at most.
        if !sameNumber || !(difference.x.magnitude < 1e-11) || !(difference.y.magnitude < 1e-11) {
          Issue.record("query \(query) differs by \(difference); \(pattern), seed \(seed), \(position + 1) keys")
          return
        }
      }
    }
  }

  @Test("Slopes that differ by less than rounding are still told apart", arguments: TieRule.allCases)
  func indistinguishableSlopes(rule: TieRule) {
    // Edges (w, (w − 1)/2) with w = 2⁴⁰ + 2j + 1: slopes ½ − 1/2w, the same number in binary64 for all j. Normal to the
    // edge of one j, another edge rises by exactly their distance.
    let edges: [SIMD2<Double>] = (0..<1_500).reversed().map { j in
      SIMD2(0x1p40 + Double(2 * j + 1), 0x1p39 + Double(j))
    }
    #expect(edges.allSatisfy { $0.y / $0.x == edges[0].y / edges[0].x })
    var vertices = [SIMD2<Double>.zero]
    for edge in edges { vertices.append(vertices[vertices.count - 1] + edge) }
    var random = SplitMix64(seed: 5)
    var cache = HullHeadCache(tieRule: rule)
    var order = [Int](repeating: 0, count: vertices.count)
    for (position, index) in vertices.indices.shuffled(using: &random).enumerated() {
      order[index] = position
      cache.insert(key: vertices[index], value: SIMD2(Double(index), 0))
    }
    #expect(cache.invariantViolation() == nil)
    #expect(cache.retainedKeyCount == vertices.count + 2)
    for (index, edge) in edges.enumerated().shuffled(using: &random) {
      let leftIsLater = order[index] > order[index + 1]
      let latest = Double(leftIsLater ? index : index + 1)
      let expected = rule == .latest ? latest : Double(index) + 0.5
      #expect(cache.query(SIMD2(-edge.y, edge.x)).x == expected, "edge \(index)")
    }
  }
}
