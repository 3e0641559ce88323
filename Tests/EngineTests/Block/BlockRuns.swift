import Engine
import RandomNumbers

/// Ways to have tokens read.
enum BlockRuns {
  /// The predictions of an engine that reads token by token.
  static func answers(_ engine: some TransformerEngine, _ tokens: [Int32]) throws -> [Int32] {
    var engine = engine
    return try tokens.map { token throws(EngineError) in Int32(try engine.step(Int(token))) }
  }

  /// The predictions of an engine that is given so many tokens at a time, in turn.
  static func answers(_ engine: some BlockEngine, _ tokens: [Int32], sizes: [Int]) throws -> [Int32] {
    var engine = engine
    var predictions: [Int32] = []
    var turn = 0
    while predictions.count < tokens.count {
      let end = min(predictions.count + sizes[turn % sizes.count], tokens.count)
      predictions += try engine.predictions(after: Array(tokens[predictions.count..<end]))
      turn += 1
    }
    return predictions
  }

  /// Random tokens of a vocabulary, the first of them usually that whose embedding is zero.
  static func tokens(_ count: Int, of vocabularySize: Int, _ generator: inout SplitMix64) -> [Int32] {
    let first: Int32 = Int.random(in: 0..<4, using: &generator) == 0 ? Int32(vocabularySize - 1) : 0
    return [first] + (1..<count).map { _ in Int32.random(in: 0..<Int32(vocabularySize), using: &generator) }
  }
}
