import Attention
import Engine
import RandomNumbers
import Testing

/// The rule by which gathering heads find a position, against a comparison of all keys.
@Suite struct PositionParabolaTests {
  private static let parabolas = [(1.0, 0.0), (1.0, 0.3), (1.0, 0.5), (0.5, 0.25), (4.0, 0.3)].compactMap {
    PositionParabola(scale: $0.0, recency: $0.1)
  }

  /// Where a comparison of keys at the given positions attends to; values are the positions themselves.
  private static func compare(
    _ parabola: PositionParabola, _ positions: some Sequence<Int>, _ query: SIMD2<Double>, _ rule: TieRule
  ) -> Double {
    var cache = ReferenceHeadCache(tieRule: rule)
    for position in positions { cache.insert(key: parabola.key(at: position), value: SIMD2(Double(position), 0)) }
    return cache.query(query).x
  }

  private static func check(_ parabola: PositionParabola, last: Int, _ query: SIMD2<Double>) {
    for rule in TieRule.allCases {
      let expected = compare(parabola, 0...last, query, rule)
      if let winner = PositionParabola.winner(query, last: last) {
        #expect(Double(winner) == expected, "\(parabola), last \(last), query \(query), \(rule)")
      }
      if query != .zero {
        let found = compare(parabola, parabola.candidates(query, last: last), query, rule)
        #expect(found == expected, "\(parabola), last \(last), query \(query), \(rule)")
      }
    }
  }

  @Test func everySmallQueryFindsWhatAComparisonFinds() {
    for parabola in Self.parabolas {
      for last in 0...9 {
        for eighths in -24...96 {
          for height in [1.0, 3, -1, -0.25, 0, 0x1p40, 0x1p-40] {
            Self.check(parabola, last: last, SIMD2(Double(eighths) / 8 * (height == 0 ? 1 : height), height))
          }
        }
      }
    }
  }

  @Test func extremeQueriesFindWhatAComparisonFinds() {
    let extremes: [Double] = [
      0, 1, .leastNonzeroMagnitude, .leastNormalMagnitude, 1e-300, 1e300, .greatestFiniteMagnitude,
    ]
    for parabola in Self.parabolas {
      for last in [0, 1, 2, 7] {
        for x in extremes {
          for y in extremes {
            for signs in [(1.0, 1.0), (-1, 1), (1, -1), (-1, -1)] {
              Self.check(parabola, last: last, SIMD2(x * signs.0, y * signs.1))
            }
          }
        }
      }
    }
  }

  @Test func infinityAndNaNAreLeftToTheComparison() throws {
    #expect(PositionParabola.winner(SIMD2(1, .infinity), last: 5) == nil)
    #expect(PositionParabola.winner(SIMD2(1, .nan), last: 5) == nil)
    #expect(PositionParabola.winner(SIMD2(.nan, 1), last: 5) == nil)
    #expect(PositionParabola.winner(SIMD2(.infinity, 1), last: 5) == 5)
    #expect(PositionParabola.winner(SIMD2(-.infinity, 1), last: 5) == 0)
  }

  /// Where the second coordinate is rounded most, neighbours and the far end must still lose.
  @Test func latePositionsAreFound() {
    let seed: UInt64 = 30
    var generator = SplitMix64(seed: seed)
    for parabola in Self.parabolas {
      for _ in 0..<4000 {
        let last = (1 << 26) - 1 - Int.random(in: 0..<1000, using: &generator)
        let near = Int.random(in: 0..<8, using: &generator) == 0 ? last : Int.random(in: 4...last, using: &generator)
        let height: Double = [1, 3, 0x1p40].randomElement(using: &generator) ?? 1
        let target = Double(near) + Double.random(in: -0.6...0.6, using: &generator)
        let query = SIMD2(target * height, height)
        let rivals = [0, 1, 2, 3] + Array(near - 3...min(near + 3, last)) + [last - 1, last]
        let positions = Set(rivals).sorted()
        for rule in TieRule.allCases {
          let expected = Self.compare(parabola, positions, query, rule)
          if let winner = PositionParabola.winner(query, last: last) {
            #expect(Double(winner) == expected, "seed \(seed), last \(last), query \(query)")
          }
          #expect(
            Self.compare(parabola, parabola.candidates(query, last: last), query, rule) == expected,
            "seed \(seed), last \(last), query \(query)")
        }
      }
    }
  }

  @Test func factorsThatWouldRoundOrMisleadAreRefused() {
    #expect(PositionParabola(scale: 3, recency: 0) == nil)
    #expect(PositionParabola(scale: -1, recency: 0) == nil)
    #expect(PositionParabola(scale: 0, recency: 0) == nil)
    #expect(PositionParabola(scale: .nan, recency: 0) == nil)
    #expect(PositionParabola(scale: 1, recency: 0.6) == nil)
    #expect(PositionParabola(scale: 1, recency: -0.1) == nil)
  }
}
