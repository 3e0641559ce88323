import Engine
import RandomNumbers
import Testing
import Transformer

@Suite struct EngineAgreementTests {
  private static let length = 48

  private static func tokens(_ model: TransformerModel, seed: UInt64) -> [Int] {
    var generator = SplitMix64(seed: seed ^ 0xA5A5)
    // The first token is usually that whose embedding is zero, as in compiled models.
    let first = seed.isMultiple(of: 4) ? model.vocabularySize - 1 : 0
    return [first] + (1..<length).map { _ in Int.random(in: 0..<model.vocabularySize, using: &generator) }
  }

  private static func answers(_ engine: some TransformerEngine, _ tokens: [Int]) throws -> [Int] {
    var engine = engine
    return try tokens.map { token throws(EngineError) in try engine.step(token) }
  }

  @Test func denseIsTheDefinition() throws {
    for seed in UInt64(0)..<400 {
      let model = try RandomModel.make(seed: seed, hasRecency: false)
      let tokens = Self.tokens(model, seed: seed)
      var plain = PlainTransformer(model)
      let expected = tokens.map { plain.step($0) }
      #expect(try Self.answers(DenseEngine(model, attention: .reference), tokens) == expected, "seed \(seed)")
    }
  }

  @Test func allEnginesAgree() throws {
    for seed in UInt64(1000)..<2000 {
      let model = try RandomModel.make(seed: seed, hasRecency: true)
      let tokens = Self.tokens(model, seed: seed)
      let expected = try Self.answers(DenseEngine(model, attention: .reference), tokens)
      #expect(try Self.answers(DenseEngine(model, attention: .hull), tokens) == expected, "hull, seed \(seed)")
      #expect(try Self.answers(SparseEngine(model), tokens) == expected, "sparse, seed \(seed)")
    }
  }

  /// Penalties that cancel leave the small number beside them whole, wherever it stands in the row.
  @Test func largeWeightsAreAddedFirst() throws {
    for place in 4...6 {
      var sketch = ModelSketch(tokens: 9, width: 8, layers: 1)
      sketch.markOne()
      for token in 1..<9 {
        for slot in 4...6 { sketch.embedding[token, slot] = slot == place ? Double(token) : 1 }
      }
      let others = (4...6).filter { $0 != place }
      sketch.layers[0].feedForwardIn[0, ModelSketch.one] = 1
      for (slot, weight) in [(place, 1), (others[0], 1e30), (others[1], -1e30)] {
        sketch.layers[0].feedForwardIn[1, slot] = weight
      }
      sketch.layers[0].feedForwardOut[7, 0] = 1
      sketch.scoreByNumber(slot: 7)
      let model = try sketch.model()
      let tokens = [0, 3, 8, 1]
      #expect(try Self.answers(DenseEngine(model), tokens) == tokens)
      #expect(try Self.answers(SparseEngine(model), tokens) == tokens)
    }
  }
}
