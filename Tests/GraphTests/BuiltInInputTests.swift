import Graph
import Testing

struct BuiltInInputTests {
  @Test func everyInputIsZeroAtTheFirstPosition() {
    for input in BuiltInInput.allCases { #expect(input.value(at: 0) == 0) }
  }

  @Test func laterPositions() {
    for t in [1, 2, 7, 1_000_000] {
      #expect(BuiltInInput.one.value(at: t) == 1)
      #expect(BuiltInInput.position.value(at: t) == Double(t))
      #expect(BuiltInInput.positionSquared.value(at: t) == Double(t * t))
    }
  }

  /// At t = 2, ln 4 = 2 ln 2, so the value is half of 1/ln 2 = log₂ e.
  @Test func theInverseLogarithmRisesTowardsItsBound() {
    let bound = 1.4426950408889634
    #expect(abs(BuiltInInput.inverseLogPosition.value(at: 2) - bound / 2) < 1e-15)
    let samples = (0..<24).map { BuiltInInput.inverseLogPosition.value(at: (1 << $0) - 1) }
    #expect(zip(samples, samples.dropFirst()).allSatisfy(<))
    #expect(samples.allSatisfy { $0 < bound })
  }

  @Test func twoWritesAMillionTokensApartStillDiffer() {
    let early = GraphBuilder.recency * BuiltInInput.inverseLogPosition.value(at: 1_000_000)
    let late = GraphBuilder.recency * BuiltInInput.inverseLogPosition.value(at: 1_000_001)
    #expect(late - early > 1e-9)
  }
}
