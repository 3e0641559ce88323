import Foundation
import Graph
import GraphFuzzing
import Scheduler
import Testing
import Transformer

/// Random graphs by everything that computes them, and wrong weights, which must be found.
struct GraphFuzzerTests {
  private static let isLong = ProcessInfo.processInfo.environment["TVM_LONG_TESTS"] != nil

  @Test func randomGraphsAgree() throws {
    let seed: UInt64 = 1
    var fuzzer = GraphFuzzer()
    let failure = try fuzzer.run(seed: seed, count: Self.isLong ? 500 : 30)
    #expect(failure == nil, "from seed \(seed): \(failure?.report ?? "")")
    #expect(fuzzer.graphs == (Self.isLong ? 500 : 30))
    #expect(fuzzer.operations > 25 * fuzzer.graphs)
  }

  /// Leaving out a construct leaves most others as they are.
  @Test func recipesAreStable() throws {
    let recipe = GraphRecipe(seed: 3, operationCount: 60)
    let whole = Set(try recipe.graph().nodes.map(\.name))
    var smaller = recipe
    smaller.constructs.remove(at: recipe.constructs.count / 2)
    let left = Set(try smaller.graph().nodes.map(\.name))
    #expect(left.count < whole.count)
    #expect(left.intersection(whole).count > whole.count * 3 / 4)
    #expect(try GraphRecipe(seed: 3, constructs: []).graph().operations.count < 8)
  }

  /// A weight that is off makes a head, a slot or a token wrong; what is left of the graph is what it takes to see that.
  @Test(arguments: [Corruption.query, .value, .neuron])
  func aWrongWeightIsFoundAndExplained(_ corruption: Corruption) throws {
    var fuzzer = GraphFuzzer()
    let failure = try #require(
      try fuzzer.run(seed: 100, count: 40, weights: { try corruption.applied(to: GraphTrial.weights(of: $0, $1)) }))
    let trial = GraphTrial(seed: failure.seed)
    #expect(failure.shrunk.recipe.constructs.count <= trial.recipe.constructs.count / 3, "\(failure.report)")
    #expect(failure.shrunk.steps < 20, "\(failure.report)")
    guard case .stream(let difference) = failure.difference.kind else {
      Issue.record("\(failure.report)")
      return
    }
    switch (corruption, difference.place) {
    case (.neuron, .slot), (.query, .head), (.value, .head): break
    default: Issue.record("\(corruption): \(failure.report)")
    }
    #expect(failure.report.contains("position \(difference.position)"))
    // The right weights agree on the same trial.
    #expect(try failure.shrunk.firstDifference() == nil)
  }
}

/// A weight of the first layer that is changed.
enum Corruption: CaseIterable {
  /// The query of the first head asks for a place further back.
  case query
  /// The first head carries one and a half times its value.
  case value
  /// The first neuron counts half.
  case neuron

  func applied(to model: TransformerModel) throws -> TransformerModel {
    let layer = model.layers[0]
    var (inProjection, feedForwardOut) = (layer.inProjection, layer.feedForwardOut)
    switch self {
    case .query: inProjection[0, 0] -= inProjection.row(1).map(\.magnitude).max() ?? 0
    case .value:
      let row = 2 * model.modelWidth
      for column in 0..<model.modelWidth { inProjection[row, column] *= 1.5 }
    case .neuron:
      for row in 0..<model.modelWidth where model.feedForwardWidth > 0 { feedForwardOut[row, 0] *= 0.5 }
    }
    let changed = TransformerLayer(
      inProjection: inProjection, outProjection: layer.outProjection, feedForwardIn: layer.feedForwardIn,
      feedForwardOut: feedForwardOut, erasedAfterAttention: layer.erasedAfterAttention,
      erasedAfterFeedForward: layer.erasedAfterFeedForward, tieRules: layer.tieRules, headRoles: layer.headRoles)
    return try TransformerModel(
      vocabulary: model.vocabulary, stopToken: model.stopToken, embedding: model.embedding,
      layers: [changed] + model.layers.dropFirst(), head: model.head)
  }
}
