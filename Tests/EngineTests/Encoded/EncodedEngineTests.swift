#if arch(x86_64)
  import Engine
  import Foundation
  import RandomNumbers
  import Testing
  import Transformer

  @Suite struct EncodedEngineTests {
    private static func answers(_ engine: some TransformerEngine, _ tokens: [Int]) throws -> [Int] {
      var engine = engine
      return try tokens.map { token throws(EngineError) in try engine.step(token) }
    }

    @Test func encodedCodeAgreesWithAllKeysCompared() throws {
      for seed in UInt64(3000)..<3300 {
        let model = try RandomModel.make(seed: seed, hasRecency: seed.isMultiple(of: 2))
        var generator = SplitMix64(seed: seed)
        let tokens = (0..<60).map { $0 == 0 ? 0 : Int.random(in: 0..<model.vocabularySize, using: &generator) }
        let expected = try Self.answers(DenseEngine(model, attention: .reference), tokens)
        #expect(try Self.answers(EncodedEngine(model), tokens) == expected, "seed \(seed)")
        #expect(try Self.answers(SparseEngine(model), tokens) == expected, "seed \(seed), plan")
      }
    }

    /// Weights so great that sums overflow to infinities and NaN, or so small that products are denormal or vanish.
    @Test func numbersAtTheEndsOfTheirRange() throws {
      for seed in UInt64(0)..<120 {
        var generator = SplitMix64(seed: seed)
        let model = try RandomModel.make(seed: seed, hasRecency: true).scaled(using: &generator)
        let tokens = (0..<60).map { $0 == 0 ? 0 : Int.random(in: 0..<model.vocabularySize, using: &generator) }
        let expected = try Self.answers(SparseEngine(model), tokens)
        #expect(try Self.answers(EncodedEngine(model), tokens) == expected, "seed \(seed)")
      }
    }

    /// Copies share the code; one may outlive the others.
    @Test func codeLivesAsLongAsAnyRun() throws {
      let model = try RandomModel.make(seed: 3100, hasRecency: true)
      var fork: EncodedEngine
      do {
        var engine = try EncodedEngine(model)
        for _ in 0..<10 { try engine.advance(1) }
        fork = engine
      }
      var dense = DenseEngine(model)
      for _ in 0..<10 { try dense.advance(1) }
      for token in [1, 0, 1] { #expect(try fork.step(token) == dense.step(token)) }
    }

    @Test func unknownTokensAndTooManyPositionsAreRefused() throws {
      let model = try RandomModel.make(seed: 11, hasRecency: true)
      var engine = try EncodedEngine(model)
      for token in [-1, model.vocabularySize, .max, .min] {
        #expect(throws: EngineError.self) { try engine.step(token) }
      }
      #expect(engine.position == 0)
      #expect(engine.name == "encoded" && engine.warning == nil)
    }
  }

  extension TransformerModel {
    /// The model with some weights multiplied by powers of ten that lead to the ends of what numbers hold.
    fileprivate func scaled(using generator: inout SplitMix64) throws -> TransformerModel {
      func scaled(_ matrix: Matrix) -> Matrix {
        var matrix = matrix
        for row in 0..<matrix.rows {
          for column in 0..<matrix.columns where Int.random(in: 0..<6, using: &generator) == 0 {
            let factors: [Double] = [1e300, -1e308, 1e-300, .leastNonzeroMagnitude, 1e150, 1e-160]
            let factor = factors.randomElement(using: &generator) ?? 1
            let number = matrix[row, column] * factor
            matrix[row, column] = number.isFinite ? number : factor
          }
        }
        return matrix
      }
      let layers = layers.map { layer in
        TransformerLayer(
          inProjection: layer.inProjection, outProjection: scaled(layer.outProjection),
          feedForwardIn: scaled(layer.feedForwardIn), feedForwardOut: scaled(layer.feedForwardOut),
          erasedAfterAttention: layer.erasedAfterAttention, erasedAfterFeedForward: layer.erasedAfterFeedForward,
          tieRules: layer.tieRules, headRoles: layer.headRoles)
      }
      return try TransformerModel(
        vocabulary: vocabulary, stopToken: stopToken, embedding: embedding, layers: layers, head: scaled(head))
    }
  }
#endif
