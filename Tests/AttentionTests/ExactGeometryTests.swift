import Attention
import RandomNumbers
import Testing

@Suite("Exact geometry")
struct ExactGeometryTests {
  @Test("Products of every kind of number are ordered as integers are")
  func productDifferenceOfSmallIntegers() {
    let numbers = (-4...4).map(Double.init)
    for a in numbers {
      for b in numbers {
        for c in numbers {
          for d in numbers {
            let expected = Int8((a * b - c * d).signum)
            #expect(ExactGeometry.signOfProductDifference(a, b, c, d).rawValue == expected, "\(a)·\(b) − \(c)·\(d)")
          }
        }
      }
    }
  }

  @Test("Products that round to the same number are still ordered")
  func productDifferenceBelowRounding() {
    let above = 1 + Double.ulpOfOne
    let below = 1 - Double.ulpOfOne
    // (1 + u)(1 − u) = 1 − u² rounds to 1.
    #expect(above * below == 1)
    #expect(ExactGeometry.signOfProductDifference(above, below, 1, 1) == .negative)
    #expect(ExactGeometry.signOfProductDifference(-above, below, 1, -1) == .positive)
    #expect(ExactGeometry.signOfProductDifference(above, below, below, above) == .zero)
  }

  @Test("Overflow and underflow do not matter")
  func productDifferenceAtTheLimits() {
    let huge = Double.greatestFiniteMagnitude
    let tiny = Double.leastNonzeroMagnitude
    #expect(ExactGeometry.signOfProductDifference(huge, huge, huge.nextDown, huge) == .positive)
    #expect(ExactGeometry.signOfProductDifference(huge, -huge, huge.nextDown, huge) == .negative)
    #expect(ExactGeometry.signOfProductDifference(tiny, tiny, 2 * tiny, tiny) == .negative)
    #expect(ExactGeometry.signOfProductDifference(tiny, tiny, tiny, tiny) == .zero)
    #expect(ExactGeometry.signOfProductDifference(huge, tiny, tiny, huge) == .zero)
    #expect(ExactGeometry.signOfProductDifference(tiny, 3 * tiny, 0, huge) == .positive)
    #expect(ExactGeometry.signOfProductDifference(4 * tiny, tiny, 2 * tiny, 2 * tiny) == .zero)
  }

  @Test("Scores of huge, tiny and cancelling keys are compared without rounding")
  func scoresAtTheLimits() {
    let huge = Double.greatestFiniteMagnitude
    let tiny = Double.leastNonzeroMagnitude
    func order(_ query: SIMD2<Double>, _ left: SIMD2<Double>, _ right: SIMD2<Double>) -> Sign {
      ExactGeometry.compareScores(query, left, right)
    }
    #expect(order(SIMD2(huge, huge), SIMD2(huge, -huge), SIMD2(-huge, huge)) == .zero)
    #expect(order(SIMD2(huge, huge), SIMD2(huge, -huge), SIMD2(-huge, huge.nextDown)) == .positive)
    #expect(order(SIMD2(tiny, tiny), SIMD2(tiny, 0), SIMD2(0, 0)) == .positive)
    #expect(order(SIMD2(tiny, 1), SIMD2(tiny, 0), SIMD2(0, 0)) == .positive)
    #expect(order(SIMD2(1, 1), SIMD2(1e30, 1), SIMD2(1e30, 0)) == .positive)
    #expect(order(SIMD2(1, 1), SIMD2(1e30, 1), SIMD2(1, 1e30)) == .zero)
    #expect(order(SIMD2(1, 1), SIMD2(1e30, 1), SIMD2(2, 1e30)) == .negative)
    #expect(order(SIMD2(0, 0), SIMD2(1e30, 1), SIMD2(2, 1e30)) == .zero)
  }

  @Test("Orientation tells a turn from a line where subtraction rounds")
  func orientationAtTheLimits() {
    let huge = Double.greatestFiniteMagnitude
    let corner = SIMD2(-huge, -huge)
    #expect(ExactGeometry.orientation(corner, .zero, SIMD2(huge, huge)) == .zero)
    #expect(ExactGeometry.orientation(corner, .zero, SIMD2(huge, huge.nextDown)) == .negative)
    #expect(ExactGeometry.orientation(SIMD2(0.1, 0.1), SIMD2(1e30, 1e30), SIMD2(0.3, 0.3)) == .zero)
    #expect(ExactGeometry.orientation(SIMD2(0.1, 0.1), SIMD2(1e30, 1e30), SIMD2(0.3, 0.3.nextUp)) == .positive)
  }

  @Test("Random near-degenerate cases match exact expansions, at every scale", arguments: [UInt64(1), 2, 3])
  func nearDegenerate(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var undecidedByRounding = 0
    for _ in 0..<20_000 {
      let a = SIMD2(Double.random(in: -1...1, using: &random), Double.random(in: -1...1, using: &random))
      let direction = SIMD2(Double.random(in: -1...1, using: &random), Double.random(in: -1...1, using: &random))
      // Rounded points of one line, at distances between a millionth and a million.
      let b = a + direction * scale(&random)
      let c = a + direction * scale(&random)
      let query = SIMD2(direction.y, -direction.x)
      let order = Expansion.scoreOrder(query, b, c)
      let turn = Expansion.orientation(a, b, c)
      if (query * (b - c)).sum().signum != Double(order) { undecidedByRounding += 1 }
      for (points, queries) in [(0, 0), (300, -200), (-300, 400), (500, 500), (-400, -400)] {
        let pointScale = Double(sign: .plus, exponent: points, significand: 1)
        let queryScale = Double(sign: .plus, exponent: queries, significand: 1)
        let (a, b, c) = (a * pointScale, b * pointScale, c * pointScale)
        let found = ExactGeometry.compareScores(query * queryScale, b, c)
        let foundTurn = ExactGeometry.orientation(a, b, c)
        if found.rawValue != order || foundTurn.rawValue != turn {
          Issue.record("\(found), \(foundTurn); seed \(seed): \(a), \(b), \(c), query \(query * queryScale)")
        }
      }
    }
    // The cases are worth their name: plain arithmetic gets a good part of them wrong.
    #expect(undecidedByRounding > 1_000)
  }

  @Test("Random bits: order is antisymmetric, and a sum minus itself is zero")
  func randomBits() {
    let seed: UInt64 = 4
    var random = SplitMix64(seed: seed)
    for _ in 0..<20_000 {
      let query = SIMD2(random.finiteDouble(), random.finiteDouble())
      let a = SIMD2(random.finiteDouble(), random.finiteDouble())
      let b = SIMD2(random.finiteDouble(), random.finiteDouble())
      let order = ExactGeometry.compareScores(query, a, b).rawValue
      let turn = ExactGeometry.orientation(a, b, query).rawValue
      var sum = ExactProductSum()
      for (left, right) in [(a.x, a.y), (b.x, b.y), (a.y, -a.x), (-b.y, b.x)] { sum.add(left, right) }
      let isSound =
        ExactGeometry.compareScores(query, b, a).rawValue == -order
        && ExactGeometry.compareScores(query, a, a) == .zero
        && ExactGeometry.orientation(b, a, query).rawValue == -turn
        && ExactGeometry.orientation(b, query, a).rawValue == turn
        && sum.sign == .zero
      if !isSound { Issue.record("seed \(seed): \(query), \(a), \(b)") }
    }
  }

  private func scale(_ random: inout SplitMix64) -> Double {
    Double(
      sign: .plus, exponent: Int.random(in: -20...20, using: &random),
      significand: Double.random(in: 1...2, using: &random))
  }
}

extension Double {
  /// −1, 0 or 1.
  fileprivate var signum: Double { self > 0 ? 1 : self < 0 ? -1 : 0 }
}
