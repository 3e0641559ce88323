import Engine
import Evaluator
import Graph
import Transformer

/// Compares the tokens that evaluators and engines predict.
struct EngineComparison {
  private let tokenCount: Int
  private var evaluators: [(name: String, evaluator: GraphEvaluator)]
  private var engines: [(name: String, engine: any TransformerEngine)]

  /// - Parameter includingReference: whether a dense engine that compares all keys takes part, which is slow.
  init(_ graph: ComputationGraph, _ model: TransformerModel, includingReference: Bool) {
    tokenCount = graph.tokens.count
    evaluators = GraphEvaluator.LookupMethod.allCases.map { ("\($0) evaluator", GraphEvaluator(graph, lookups: $0)) }
    engines = [("dense engine", DenseEngine(model, attention: .hull)), ("sparse engine", SparseEngine(model))]
    if includingReference {
      engines.append(("dense reference engine", DenseEngine(model, attention: .reference)))
    }
  }

  /// Describes the first difference on random tokens and then on predicted ones; nil when there is none.
  mutating func firstDifference(steps: Int, freeSteps: Int, using random: inout SeededGenerator) throws -> String? {
    var token = 0
    for position in 0..<steps + freeSteps {
      let expected = try evaluators[0].evaluator.step(token)
      for index in evaluators.indices.dropFirst() {
        let found = try evaluators[index].evaluator.step(token)
        if found != expected { return "position \(position): \(evaluators[index].name) \(found), not \(expected)" }
      }
      for index in engines.indices {
        let found = try engines[index].engine.step(token)
        if found != expected { return "position \(position): \(engines[index].name) \(found), not \(expected)" }
      }
      // The first token stands nowhere else.
      token = position < steps || expected == 0 ? Int.random(in: 1..<tokenCount, using: &random) : expected
    }
    return nil
  }
}
