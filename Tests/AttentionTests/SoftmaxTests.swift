import Attention
import Foundation
import Testing

@Suite("Softmax and argmax")
struct SoftmaxTests {
  /// 0.3 · inv_log_pos: what a lookup for the latest write adds to the second coordinate of its key.
  private func recency(_ t: Int) -> Double {
    0.3 * (1 / log(2) - 1 / log(Double(t + 2)))
  }

  private func key(_ k: Double, at t: Int) -> SIMD2<Double> {
    SIMD2(2 * k, -k * k + recency(t))
  }

  @Test("Weights are those of the definition")
  func weights() {
    var cache = SoftmaxHeadCache(scale: 2)
    cache.insert(key: SIMD2(0, 0), value: SIMD2(1, 0))
    cache.insert(key: SIMD2(1, 0), value: SIMD2(0, 1))
    let found = cache.query(SIMD2(0.5, 3))
    #expect(abs(found.x - 1 / (1 + M_E)) < 1e-15)
    #expect(abs(found.y - M_E / (1 + M_E)) < 1e-15)
    #expect(cache.count == 2 && cache.retainedKeyCount == 2)
  }

  @Test("Scores that overflow the exponential do not overflow the result")
  func greatScores() {
    var cache = SoftmaxHeadCache(scale: 0x1p40)
    for (x, value) in [(1e6, 1.0), (1e6 + 1, 2.0), (-1e6, 3.0)] {
      cache.insert(key: SIMD2(x, 0), value: SIMD2(value, 0))
    }
    #expect(cache.query(SIMD2(1, 0)) == SIMD2(2, 0))
    #expect(cache.query(SIMD2(-1, 0)) == SIMD2(3, 0))
  }

  @Test("A byte near 8 MiB, written twice: argmax returns the later value, softmax the mean")
  func overwrittenByte() {
    for (address, expected) in [(1_000.0, 2.0), (8_388_600.0, 1.5)] {
      var hull = HullHeadCache(tieRule: .latest)
      var reference = ReferenceHeadCache(tieRule: .latest)
      var softmax = SoftmaxHeadCache(scale: 0x1p40)
      for (t, value) in [(5_000, 1.0), (8_936, 2.0)] {
        hull.insert(key: key(address, at: t), value: SIMD2(value, 0))
        reference.insert(key: key(address, at: t), value: SIMD2(value, 0))
        softmax.insert(key: key(address, at: t), value: SIMD2(value, 0))
      }
      let query = SIMD2(address, 1)
      #expect(hull.query(query).x == 2)
      #expect(reference.query(query).x == 2)
      #expect(softmax.query(query).x == expected, "address \(address)")
    }
  }

  /// One small address written at every position: softmax follows argmax for as long as its scale times the
  /// difference between the last two recency terms silences the older write.
  @Test(
    "The length to which the two agree grows with the scale",
    arguments: [(12, 10...30), (16, 60...180), (20, 600...1_000)])
  func agreementLength(exponent: Int, expected: ClosedRange<Int>) {
    let scale = Double(sign: .plus, exponent: exponent, significand: 1)
    var hull = HullHeadCache(tieRule: .latest)
    var softmax = SoftmaxHeadCache(scale: scale)
    var length = 0
    for t in 0..<2_000 {
      let value = SIMD2(Double(t % 2), 1)
      hull.insert(key: key(9, at: t), value: value)
      softmax.insert(key: key(9, at: t), value: value)
      let hard = hull.query(SIMD2(9, 1))
      #expect(hard == value)
      if (hard - softmax.query(SIMD2(9, 1))).x.magnitude > 1e-3 { break }
      length = t + 1
    }
    #expect(expected.contains(length), "scale 2^\(exponent): they agree for \(length) positions")
    // e to the power of minus scale times margin is about 1e-3 there.
    let margin = recency(length) - recency(length - 1)
    #expect((4...10).contains(scale * margin), "scale 2^\(exponent): \(scale * margin)")
  }
}
