import Attention
import RandomNumbers
import Testing

@Suite("Hulls of many vertices")
struct LargeHullTests {
  private let count = 40_000

  @Test("Position keys in order: every position is found again")
  func positions() {
    var cache = HullHeadCache(tieRule: .latest)
    var random = SplitMix64(seed: 1)
    for t in 0..<count {
      cache.insert(key: KeyPattern.parabola(t, at: t), value: SIMD2(Double(t), -Double(t)))
      let k = Int.random(in: 0...t + 2, using: &random)
      let found = cache.query(SIMD2(Double(k), 1))
      if found.x != Double(min(k, t)) { Issue.record("\(k) of \(t): \(found), seed 1") }
    }
    #expect(cache.invariantViolation() == nil)
    #expect(cache.retainedKeyCount == count + 2)
  }

  @Test("Keys in random order, written twice: the later write is found, and the nearest key where there is none")
  func addresses() {
    let seed: UInt64 = 2
    var random = SplitMix64(seed: seed)
    var cache = HullHeadCache(tieRule: .latest)
    var latest: [Int: Int] = [:]
    let keys = (0..<count / 2).map { 3 * $0 }
    for (t, k) in (keys.shuffled(using: &random) + keys.shuffled(using: &random)).enumerated() {
      cache.insert(key: KeyPattern.parabola(k, at: t), value: SIMD2(Double(k), Double(t)))
      latest[k] = t
      if t.isMultiple(of: 2_000), let violation = cache.invariantViolation() {
        Issue.record("\(violation), seed \(seed)")
      }
    }
    for k in 0..<3 * keys.count {
      let nearest = k % 3 == 2 ? k + 1 : k - k % 3
      guard let write = latest[nearest] else { continue }
      let found = cache.query(SIMD2(Double(k), 1))
      if found != SIMD2(Double(nearest), Double(write)) { Issue.record("\(k): \(found), seed \(seed)") }
    }
    #expect(cache.retainedKeyCount == keys.count + 2)
  }

  @Test("A hull that collapses gives its memory back, and grows again")
  func collapse() {
    var cache = HullHeadCache(tieRule: .average)
    for round in 1...4 {
      for t in 0..<5_000 {
        let k = (t * 1_237) % 5_000
        let height = Double(round) * 1e9
        cache.insert(key: SIMD2(2 * Double(k), height - Double(k * k)), value: SIMD2(Double(k), 1))
      }
      #expect(cache.invariantViolation() == nil)
      #expect(cache.query(SIMD2(1_234, 1)) == SIMD2(1_234, 1))
      // A peak that leaves no vertex of the upper hull but the two ends.
      cache.insert(key: SIMD2(5_000, Double(round) * 1e9 + 5e8), value: SIMD2(-1, -1))
      #expect(cache.invariantViolation() == nil)
      #expect(cache.retainedKeyCount < 10)
      #expect(cache.query(SIMD2(1_234, 1)) == SIMD2(-1, -1))
    }
  }

  @Test("Terrain that rises and is swept from both ends: blocks are freed and used again", arguments: TieRule.allCases)
  func sweeps(rule: TieRule) {
    let seed: UInt64 = 3
    var random = SplitMix64(seed: seed)
    let width = 3_000
    var caches = CachePair(rule)
    for round in 1...12 {
      let level = round * 100_000_000
      let reach = Int.random(in: 0...width / 3, using: &random)..<Int.random(in: width / 2...width, using: &random)
      for k in reach.shuffled(using: &random) {
        caches.insert(SIMD2(2 * Double(k), Double(level - k * k)), SIMD2(Double(k), 1))
      }
      // A point at one end that hides what lies between it and its tangent.
      let end = Bool.random(using: &random) ? 0 : width
      let height = Double(level - end * end + Int.random(in: 0...3_000_000, using: &random))
      caches.insert(SIMD2(2 * Double(end), height), SIMD2(-1, -1))
      let queries = (0..<30).map { _ in SIMD2(Double(Int.random(in: -width...2 * width, using: &random)), 1) }
      if !caches.expectAgreement(on: queries, "\(rule), seed \(seed), round \(round)") { return }
    }
  }

  @Test("A copy is a fork: neither sees what the other inserts")
  func forks() {
    var trunk = HullHeadCache(tieRule: .latest)
    for t in 0..<2_000 { trunk.insert(key: KeyPattern.parabola(t % 700, at: t), value: SIMD2(Double(t), 0)) }
    var left = trunk
    var right = trunk
    for t in 2_000..<3_000 {
      left.insert(key: KeyPattern.parabola(t % 700, at: t), value: SIMD2(Double(t), 1))
      right.insert(key: KeyPattern.parabola(t, at: t), value: SIMD2(Double(t), 2))
      right.insert(key: KeyPattern.parabola(t, at: t), value: SIMD2(Double(t), 2))
    }
    #expect(trunk.query(SIMD2(650, 1)) == SIMD2(1_350, 0))
    #expect(left.query(SIMD2(650, 1)) == SIMD2(2_750, 1))
    #expect(right.query(SIMD2(650, 1)) == SIMD2(1_350, 0))
    #expect(right.query(SIMD2(2_500, 1)) == SIMD2(2_500, 2))
    #expect((trunk.count, left.count, right.count) == (2_000, 3_000, 4_000))
    for cache in [trunk, left, right] { #expect(cache.invariantViolation() == nil) }
  }
}
