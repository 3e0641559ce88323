import Engine
import Evaluator

/// Anything that continues a trace token by token: the engines and the graph evaluator.
package protocol TokenPredictor {
  /// Reads the tokens of a prompt and predicts the one behind it.
  mutating func predict(after prompt: [Int]) throws -> Int
  /// Reads one token and predicts the next.
  mutating func predict(after token: Int) throws -> Int
}

extension DenseEngine: TokenPredictor {
  package mutating func predict(after prompt: [Int]) throws -> Int { try prefill(prompt) }
  package mutating func predict(after token: Int) throws -> Int { try step(token) }
}

extension SparseEngine: TokenPredictor {
  package mutating func predict(after prompt: [Int]) throws -> Int { try prefill(prompt) }
  package mutating func predict(after token: Int) throws -> Int { try step(token) }
}

extension GraphEvaluator: TokenPredictor {
  package mutating func predict(after prompt: [Int]) throws -> Int { try prefill(prompt) }
  package mutating func predict(after token: Int) throws -> Int { try step(token) }
}
