import Attention
import Testing

/// Copies of hull caches whose memory is frozen.
@Suite struct FrozenHullTests {
  /// A key on a parabola, so that all are vertices of the upper hull.
  private static func key(_ number: Int) -> SIMD2<Double> {
    SIMD2(2 * Double(number), -Double(number * number))
  }

  private static func values(_ cache: some ArgmaxHeadCache, _ range: Range<Int>) -> [SIMD2<Double>] {
    var cache = cache
    return range.map { cache.query(SIMD2(Double($0), 1)) }
  }

  @Test(arguments: [3, 20_000])
  func copiesGoOnAsTheCacheWould(count: Int) {
    var cache = HullHeadCache(tieRule: .latest)
    var expected: [HullHeadCache] = []
    for number in 0..<count { cache.insert(key: Self.key(number), value: SIMD2(Double(number), 0)) }
    for _ in 0..<2 { expected.append(cache) }
    cache.freeze()
    var copies = [cache, cache]
    for step in 0..<2_000 {
      for copy in 0..<2 {
        // One goes on to the right, the other replaces what is there.
        let number = copy == 0 ? count + step : step * 7 % count
        let value = SIMD2(Double(copy), Double(step))
        copies[copy].insert(key: Self.key(number), value: value)
        expected[copy].insert(key: Self.key(number), value: value)
      }
    }
    for copy in 0..<2 {
      #expect(Self.values(copies[copy], 0..<count + 2_100) == Self.values(expected[copy], 0..<count + 2_100))
    }
    #expect(Self.values(cache, 0..<count) == (0..<count).map { SIMD2(Double($0), 0) })
  }

  #if os(Linux)
    @Test func aCopyTakesTheMemoryThatItWrites() {
      var cache = HullHeadCache(tieRule: .latest)
      for number in 0..<100_000 { cache.insert(key: Self.key(number), value: .zero) }
      let whole = cache.ownByteCount
      cache.freeze()
      var copy = cache
      copy.insert(key: Self.key(100_000), value: .zero)
      #expect(copy.ownByteCount < whole / 100)
    }
  #endif
}
