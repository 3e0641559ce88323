import Attention
import Testing

@Suite("Head caches")
struct HeadCacheTests {
  @Test("An empty cache answers zero", arguments: TieRule.allCases)
  func empty(rule: TieRule) {
    var caches: [any HeadCache] = [
      HullHeadCache(tieRule: rule), ReferenceHeadCache(tieRule: rule), SoftmaxHeadCache(scale: 1),
    ]
    for index in caches.indices {
      #expect(caches[index].count == 0)
      #expect(caches[index].retainedKeyCount == 0)
      #expect(caches[index].query(SIMD2(1, 1)) == .zero)
    }
    var hull = HullHeadCache(tieRule: rule)
    #expect(hull.winners(.zero) == nil)
    #expect(ReferenceHeadCache(tieRule: rule).winners(.zero) == nil)
  }

  @Test("A single key wins every query", arguments: TieRule.allCases)
  func single(rule: TieRule) {
    var caches = CachePair(rule)
    caches.insert(SIMD2(-3, 7), SIMD2(4, 5))
    for query in [SIMD2(0, 0), SIMD2(1, 0), SIMD2(0, 1), SIMD2(-1, -1)] as [SIMD2<Double>] {
      #expect(caches.hull.query(query) == SIMD2(4, 5))
    }
    caches.expectAgreement(on: [.zero, SIMD2(1, 0)], "single key")
  }

  @Test("Ties: the latest value, or the mean of all")
  func ties() {
    var latest = HullHeadCache(tieRule: .latest)
    var average = HullHeadCache(tieRule: .average)
    // Three on a line, the middle one twice, and one below that never wins upwards.
    let keys: [SIMD2<Double>] = [SIMD2(0, 0), SIMD2(4, 4), SIMD2(2, 2), SIMD2(2, 0), SIMD2(2, 2)]
    for (position, key) in keys.enumerated() {
      let value = SIMD2(Double(position), Double(10 * position))
      latest.insert(key: key, value: value)
      average.insert(key: key, value: value)
    }
    #expect(latest.query(SIMD2(-1, 1)) == SIMD2(4, 40))
    #expect(latest.winners(SIMD2(-1, 1))?.positionOrCount == 4)
    #expect(average.query(SIMD2(-1, 1)) == SIMD2(1.75, 17.5))
    #expect(average.winners(SIMD2(-1, 1))?.positionOrCount == 4)
    #expect(average.winners(SIMD2(-1, 1))?.combined == SIMD2(7, 70))
    #expect(average.query(.zero) == SIMD2(2, 20))
    #expect(latest.query(SIMD2(0, -1)) == SIMD2(3, 30))
    #expect(latest.query(SIMD2(1, 0)) == SIMD2(1, 10))
  }

  @Test("An averaging head over equal keys keeps a running sum, and leaves the first position out")
  func runningMean() {
    var cache = HullHeadCache(tieRule: .average)
    var sum = 0.0
    for t in 0..<10_000 {
      let value = t == 0 ? 0 : Double(t * 7 % 256)
      sum += value
      cache.insert(key: SIMD2(0, t == 0 ? 0 : 1), value: SIMD2(value, 1))
      if t > 0 { #expect(cache.winners(SIMD2(0, 1))?.combined == SIMD2(sum, Double(t))) }
    }
    #expect(cache.query(SIMD2(0, 1)) == SIMD2(sum / 9_999, 1))
    #expect(cache.retainedKeyCount == 2)
  }

  @Test("Keys on one line are kept as its ends and what lies between")
  func retainedKeysOfALine() {
    var cache = HullHeadCache(tieRule: .latest)
    for t in 0..<10_000 { cache.insert(key: SIMD2(2 * Double(t), 1), value: SIMD2(Double(t), 0)) }
    #expect(cache.retainedKeyCount == 6)
    #expect(cache.query(SIMD2(5, 1)) == SIMD2(9_999, 0))
    #expect(cache.query(SIMD2(0, 1)) == SIMD2(9_999, 0))
    #expect(cache.query(SIMD2(-5, -1)) == SIMD2(0, 0))
  }

  @Test("Components that are not finite count as 0 or as the greatest number", arguments: TieRule.allCases)
  func notFinite(rule: TieRule) {
    let limit = Double.greatestFiniteMagnitude
    let odd: [(Double, Double)] = [(.nan, 0), (.infinity, limit), (-.infinity, -limit), (-0.0, 0), (1, 1)]
    var odds = CachePair(rule)
    var evens = CachePair(rule)
    var position = 0.0
    for (x, finiteX) in odd {
      for (y, finiteY) in odd {
        odds.insert(SIMD2(x, y), SIMD2(position, 0))
        evens.insert(SIMD2(finiteX, finiteY), SIMD2(position, 0))
        position += 1
        for (qx, finiteQX) in odd {
          for (qy, finiteQY) in odd {
            let expected = evens.reference.winners(SIMD2(finiteQX, finiteQY))
            #expect(odds.reference.winners(SIMD2(qx, qy)) == expected)
            #expect(odds.hull.winners(SIMD2(qx, qy)) == expected)
          }
        }
      }
    }
    #expect(odds.hull.invariantViolation() == nil)
  }

  @Test("Values pass through unchanged, whatever they are")
  func values() {
    var cache = HullHeadCache(tieRule: .latest)
    cache.insert(key: SIMD2(0, 1), value: SIMD2(.infinity, .nan))
    #expect(cache.query(SIMD2(0, 1)).x == .infinity)
    #expect(cache.query(SIMD2(0, 1)).y.isNaN)
  }
}
