import Evaluator
import Graph
import Scheduler
import Testing
import Transformer
import WeightConstruction

/// Random graphs through evaluator, schedule and transformer: the same values, the same tokens.
struct RandomGraphTests {
  private static let firstSeed: UInt64 = 20_000
  private static let steps = 60

  @Test(arguments: ReuseRule.allCases)
  func streamHoldsTheGraphsValues(_ reuse: ReuseRule) throws {
    var deepest = 0
    for seed in Self.firstSeed..<Self.firstSeed + 200 {
      var random = SeededGenerator(seed: seed)
      let count = Int.random(in: 20...110, using: &random)
      let graph = try RandomGraph(seed: seed, operationCount: count).graph
      let schedule = try Schedule.random(
        for: graph, reuse: reuse, spareWidth: 2 * Int.random(in: 0...2, using: &random), using: &random)
      deepest = max(deepest, schedule.layerCount)
      let model = try TransformerModel(
        of: graph, scheduled: schedule, firstTokens: [RandomGraph.firstToken], stopToken: RandomGraph.firstToken)
      let comparison = try StreamComparison(graph, schedule, model)
      let difference = try comparison.firstDifference(steps: Self.steps, using: &random)
      #expect(difference == nil, "seed \(seed), \(reuse): \(difference ?? "")")
    }
    #expect(deepest >= 3)
  }
}
