import Engine
import Evaluator
package import Graph
package import Transformer

/// Compares the tokens that evaluators and engines predict.
package struct EngineComparison {
  /// A prediction that differs from the first evaluator's.
  package struct Difference: Hashable, Sendable, CustomStringConvertible {
    /// The tokens that were read, the last of them at the position of the difference.
    package let tokens: [Int]
    /// What predicted otherwise.
    package let predictor: String
    package let expected: Int
    package let found: Int

    package var description: String {
      "position \(tokens.count - 1): \(predictor) predicts token \(found), not \(expected)"
    }
  }

  private var evaluators: [(name: String, evaluator: GraphEvaluator)]
  private var engines: [(name: String, engine: any TransformerEngine)]

  /// - Parameter includingReference: whether a dense engine that compares all keys takes part, which is slow.
  package init(_ graph: ComputationGraph, _ model: TransformerModel, includingReference: Bool) {
    evaluators = GraphEvaluator.LookupMethod.allCases.map { ("\($0) evaluator", GraphEvaluator(graph, lookups: $0)) }
    engines = [("dense engine", DenseEngine(model, attention: .hull)), ("sparse engine", SparseEngine(model))]
    // Only some processors have it.
    if let encoded = try? EncodedEngine(model) { engines.append(("encoded engine", encoded)) }
    if includingReference {
      engines.append(("dense reference engine", DenseEngine(model, attention: .reference)))
    }
  }

  /// Lets all read tokens that are given, and then, for some steps, what they predict.
  ///
  /// - Parameter tokens: the first is 0, which stands nowhere else.
  /// - Throws: an error when something cannot read on.
  package mutating func firstDifference(reading tokens: [Int], freeSteps: Int) throws -> Difference? {
    var read: [Int] = []
    var prediction = 0
    for position in 0..<tokens.count + freeSteps {
      // The first token stands nowhere else.
      let token = position < tokens.count ? tokens[position] : max(prediction, 1)
      read.append(token)
      let expected = try evaluators[0].evaluator.step(token)
      for index in evaluators.indices.dropFirst() {
        let found = try evaluators[index].evaluator.step(token)
        guard found == expected else {
          return Difference(tokens: read, predictor: evaluators[index].name, expected: expected, found: found)
        }
      }
      for index in engines.indices {
        let found = try engines[index].engine.step(token)
        guard found == expected else {
          return Difference(tokens: read, predictor: engines[index].name, expected: expected, found: found)
        }
      }
      prediction = expected
    }
    return nil
  }
}
