import Engine
import Evaluator

/// Anything that continues a trace token by token: the engines and the graph evaluator.
package protocol TokenPredictor: Sendable {
  /// What predicts, for reports.
  var name: String { get }
  /// One line about what keeps a faster predictor from running; nil when nothing does.
  var warning: String? { get }
  /// Reads the tokens of a prompt and predicts the one behind it.
  mutating func predict(after prompt: [Int]) throws -> Int
  /// Reads one token and predicts the next.
  mutating func predict(after token: Int) throws -> Int
  /// Reads a token, then what it predicts itself, until it has predicted so many tokens, at least one, or one that stops.
  ///
  /// - Parameter stops: which tokens do, by their ids.
  mutating func generate(after token: Int, limit: Int, stops: [Bool]) throws -> [Int32]
  /// How many tokens are best generated at once.
  var sliceLength: Int { get }
  /// Makes ready for many copies that go on: where it can, they then share what was read until now instead of copying it.
  mutating func freeze()
  /// Bytes of memory that are this predictor's alone; nil where it does not know.
  var ownByteCount: Int? { get }
}

extension TokenPredictor {
  package mutating func generate(after token: Int, limit: Int, stops: [Bool]) throws -> [Int32] {
    var tokens: [Int32] = []
    var last = token
    repeat {
      last = try predict(after: last)
      tokens.append(Int32(truncatingIfNeeded: last))
    } while tokens.count < limit && !(stops.indices.contains(last) && stops[last])
    return tokens
  }

  package var sliceLength: Int { 16_384 }

  package mutating func freeze() {}

  package var ownByteCount: Int? { nil }
}

extension DenseEngine: TokenPredictor {
  package mutating func predict(after prompt: [Int]) throws -> Int { try prefill(prompt) }
  package mutating func predict(after token: Int) throws -> Int { try step(token) }
}

extension TokenPredictor where Self: BlockEngine {
  package mutating func predict(after prompt: [Int]) throws -> Int {
    try read(prompt.dropLast().map { Int32(truncatingIfNeeded: $0) })
    return try prefill(prompt.suffix(1))
  }

  package mutating func predict(after token: Int) throws -> Int { try step(token) }
}

extension TokenPredictor where Self: PlannedEngine {
  package mutating func freeze() { run.freeze() }

  package var ownByteCount: Int? { run.ownByteCount }
}

extension SparseEngine: TokenPredictor {
  package mutating func generate(after token: Int, limit: Int, stops: [Bool]) throws -> [Int32] {
    try continued(after: token, limit: limit, stops: stops)
  }
}

extension AutomaticEngine: TokenPredictor {
  package mutating func generate(after token: Int, limit: Int, stops: [Bool]) throws -> [Int32] {
    try continued(after: token, limit: limit, stops: stops)
  }
}

/// The graph evaluator as a predictor.
struct GraphPredictor: TokenPredictor {
  private var evaluator: GraphEvaluator
  let name: String
  var warning: String? { nil }

  init(_ evaluator: GraphEvaluator, name: String) {
    self.evaluator = evaluator
    self.name = name
  }

  mutating func predict(after prompt: [Int]) throws -> Int { try evaluator.prefill(prompt) }
  mutating func predict(after token: Int) throws -> Int { try evaluator.step(token) }
}
