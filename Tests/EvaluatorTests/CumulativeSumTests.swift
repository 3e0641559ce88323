import Evaluator
import Graph
import RandomNumbers
import Testing

struct CumulativeSumTests {
  @Test func sumsStartAfterTheFirstPosition() throws {
    let trial = try Trial([[9, 9], [1, -2], [4, -3], [0, 0], [-7, 100]]) { builder, columns in
      builder.cumulativeSums(columns, names: ["a", "b"]).map(\.exact)
    }
    #expect(trial[0] == [0, 1, 5, 5, -2])
    #expect(trial[1] == [0, -2, -5, -5, 95])
  }

  /// mean · position is seldom the integer itself; the snapped sum always is.
  @Test func longSumsAreExact() throws {
    let seed: UInt64 = 0x5eed_0002
    var random = SplitMix64(seed: seed)
    let rows = [[0.0]] + (1...60_000).map { _ in [Double(Int.random(in: -1...3, using: &random))] }
    let trial = try Trial(rows) { builder, columns in
      let sum = builder.cumulativeSums([columns[0]], names: ["sum"])[0]
      return [sum.exact, sum.product]
    }
    var sum = 0.0
    var inexactProducts = 0
    for (position, row) in rows.enumerated() {
      sum += row[0]
      let (exact, product) = (trial.values[position][0], trial.values[position][1])
      #expect(exact == sum, "seed \(seed), position \(position)")
      #expect(abs(product - sum) <= 2 * sum.ulp, "seed \(seed), position \(position)")
      if product != sum { inexactProducts += 1 }
    }
    #expect(inexactProducts > 0, "the test must meet what the snap is for")
  }
}
