package import Graph
import ProgramGenerator
package import Scheduler
package import Transformer
import WeightConstruction

/// A random graph, a schedule for it, and tokens: everything that computes the graph is to do the same with them.
package struct GraphTrial: Hashable, Sendable {
  package var recipe: GraphRecipe
  /// How many random tokens are read.
  package var steps: Int

  /// How many tokens are predicted behind them.
  private static let freeSteps = 20

  /// The trial that follows from a number: 20 to 95 operations, sixty tokens.
  package init(seed: UInt64) {
    self.init(recipe: GraphRecipe(seed: seed, operations: 20...95), steps: 60)
  }

  package init(recipe: GraphRecipe, steps: Int) {
    self.recipe = recipe
    self.steps = steps
  }

  /// How many operations the graph has.
  ///
  /// - Throws: what keeps the graph from being built.
  package func operationCount() throws -> Int { try recipe.graph().operations.count }

  /// Makes weights of a graph and a schedule; what a test replaces to see that wrong weights are found.
  package typealias Construction = (ComputationGraph, Schedule) throws -> TransformerModel

  /// The weights that the package computes.
  package static func weights(of graph: ComputationGraph, _ schedule: Schedule) throws -> TransformerModel {
    try TransformerModel(
      of: graph, scheduled: schedule, firstTokens: [graph.tokens[0].text], stopToken: graph.tokens[0].text)
  }

  /// Compares evaluator, schedule, dense and sparse engine.
  ///
  /// - Throws: what keeps the graph from being built, scheduled or executed.
  package func firstDifference(weights: Construction = GraphTrial.weights) throws -> GraphDifference? {
    let graph = try recipe.graph()
    let schedule = try schedule(for: graph)
    let model = try weights(graph, schedule)
    let tokens = self.tokens(of: graph)
    let stream = try StreamComparison(graph, schedule, model)
    if let difference = try stream.firstDifference(reading: tokens) {
      return GraphDifference(graph, tokens, .stream(difference))
    }
    var engines = EngineComparison(graph, model, includingReference: recipe.seed % 4 == 0)
    guard let difference = try engines.firstDifference(reading: tokens, freeSteps: Self.freeSteps) else { return nil }
    // What differs among the tokens that were predicted may be the weights' fault as well.
    if let cause = try stream.firstDifference(reading: difference.tokens) {
      return GraphDifference(graph, difference.tokens, .stream(cause))
    }
    return GraphDifference(graph, difference.tokens, .engine(difference))
  }

  /// Random tokens behind the first.
  private func tokens(of graph: ComputationGraph) -> [Int] {
    var random = RandomSource(seed: ~recipe.seed)
    return (0..<steps).map { $0 == 0 ? 0 : random.number(in: 1...graph.tokens.count - 1) }
  }

  /// The list scheduler's, or one as random as the graph, by either rule for slots.
  private func schedule(for graph: ComputationGraph) throws -> Schedule {
    let reuse: ReuseRule = recipe.seed % 2 == 0 ? .immediate : .delayed
    guard recipe.seed / 2 % 2 == 0 else {
      return try ScheduleSearch(
        for: graph, options: SchedulingOptions(solver: .list, reuse: reuse, timeLimit: 0)
      ).run().schedule
    }
    var random = RandomSource(seed: recipe.seed)
    return try Schedule.random(
      for: graph, reuse: reuse, spareWidth: 2 * random.number(in: 0...2), using: &random)
  }
}
