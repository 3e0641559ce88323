import Engine
import RandomNumbers
import Testing
import Transformer

@Suite struct CompiledEngineTests {
  private static func answers(_ engine: some TransformerEngine, _ tokens: [Int]) throws -> [Int] {
    var engine = engine
    return try tokens.map { token throws(EngineError) in try engine.step(token) }
  }

  @Test func compiledCodeAgreesWithAllKeysCompared() throws {
    let temporary = TemporaryCache()
    for seed in UInt64(3000)..<3016 {
      let model = try RandomModel.make(seed: seed, hasRecency: true)
      var generator = SplitMix64(seed: seed)
      let tokens = (0..<60).map { $0 == 0 ? 0 : Int.random(in: 0..<model.vocabularySize, using: &generator) }
      let expected = try Self.answers(DenseEngine(model, attention: .reference), tokens)
      #expect(try Self.answers(CompiledEngine(model, cache: temporary.cache), tokens) == expected, "seed \(seed)")
    }
  }

  @Test func aForkSeesNothingOfTheOther() throws {
    let temporary = TemporaryCache()
    let model = try RandomModel.make(seed: 3100, hasRecency: true)
    var generator = SplitMix64(seed: 3100)
    let tokens = (0..<90).map { _ in Int.random(in: 0..<model.vocabularySize, using: &generator) }
    var engine = try CompiledEngine(model, cache: temporary.cache)
    let first = try tokens[..<30].map { token throws(EngineError) in try engine.step(token) }
    var fork = engine
    let forked = try tokens[60...].map { token throws(EngineError) in try fork.step(token) }
    let second = try tokens[30..<60].map { token throws(EngineError) in try engine.step(token) }
    #expect(try first + second == Self.answers(DenseEngine(model), Array(tokens[..<60])))
    #expect(try first + forked == Self.answers(DenseEngine(model), Array(tokens[..<30] + tokens[60...])))
  }

  /// Keys that leave the parabola, queries that miss, late in a run.
  @Test func premisesMayFailAtAnyTime() throws {
    let temporary = TemporaryCache()
    typealias Token = KeyedModel.Token
    let odd = [
      Token(key: (5, -6.25), query: (2.5, 1), value: 5), Token(number: 1 << 26, query: 0x1p26, value: 5),
      Token(key: (4, -4), query: (2, -1), value: 5), Token(key: (4, -4), query: (1e308, 1e-10), value: 5),
    ]
    for (number, token) in odd.enumerated() {
      var generator = SplitMix64(seed: UInt64(number))
      var tokens = (0..<12).map { Token(number: $0 * $0, query: Double($0 * $0) + ($0 == 5 ? 0.5 : 0), value: $0) }
      tokens[7] = token
      let model = try KeyedModel.model(tokens)
      let usual = [1, 2, 3, 4, 5, 6, 8, 9]
      let early = (0..<10_000).map { _ in usual.randomElement(using: &generator) ?? 0 }
      let run = early + [7] + (0..<60).map { _ in Int.random(in: 0..<12, using: &generator) }
      let expected = try Self.answers(DenseEngine(model), run)
      #expect(try Self.answers(CompiledEngine(model, cache: temporary.cache), run) == expected, "odd token \(number)")
      #if arch(x86_64)
        #expect(try Self.answers(EncodedEngine(model), run) == expected, "odd token \(number), encoded")
      #endif
    }
  }

  /// Queries before the first position, beyond the last and between two, late in a run.
  @Test func gathersMayLeaveTheirBorders() throws {
    let temporary = TemporaryCache()
    let one = ModelSketch.one
    var sketch = ModelSketch(tokens: 9, width: 10)
    sketch.markOne()
    let targets = [0, -1, -3, 0.5, -0.5, -1e9, 1e9, 1e300, -2.1]
    for token in 1..<9 {
      sketch.embedding[token, 4] = targets[token]
      sketch.embedding[token, 5] = Double(token)
    }
    sketch.setHead(0, query: ([0: 1, 4: 1], [one: 1]), key: ([0: 2], [1: 0.3, 2: -1]), values: ([5: 1], [:]))
    sketch.connect(0, to: (6, nil))
    sketch.scoreByNumber(slot: 6)
    let model = try sketch.model()
    #expect(model.headUses()[0][0] == .gather)
    var generator = SplitMix64(seed: 4)
    let run =
      (0..<10_000).map { $0 == 0 ? 0 : Int.random(in: 1...2, using: &generator) }
      + (0..<200).map { _ in Int.random(in: 0..<9, using: &generator) }
    let expected = try Self.answers(DenseEngine(model), run)
    #expect(Set(expected).count > 3)
    #expect(try Self.answers(CompiledEngine(model, cache: temporary.cache), run) == expected)
    #expect(try Self.answers(SparseEngine(model), run) == expected)
    #if arch(x86_64)
      #expect(try Self.answers(EncodedEngine(model), run) == expected)
    #endif
    let blocks = try BlockRuns.answers(CompiledEngine(model, cache: temporary.cache), run.map(Int32.init), sizes: [777])
    #expect(blocks.map(Int.init) == expected)
  }

  /// No shortcut applies once every key and query depends on everything.
  @Test func perturbedHeadsNeedTheirHulls() throws {
    let temporary = TemporaryCache()
    for seed in UInt64(0)..<8 {
      let model = try RandomModel.make(seed: seed, hasRecency: false).perturbed(seed: seed)
      #expect(Set(model.headUses().joined()).isSubset(of: [.unused, .hull]), "seed \(seed)")
      var generator = SplitMix64(seed: seed)
      let tokens = (0..<150).map { _ in Int.random(in: 0..<model.vocabularySize, using: &generator) }
      let expected = try Self.answers(DenseEngine(model, attention: .reference), tokens)
      #expect(try Self.answers(DenseEngine(model), tokens) == expected, "hull, seed \(seed)")
      #expect(try Self.answers(SparseEngine(model), tokens) == expected, "plan, seed \(seed)")
      #expect(try Self.answers(CompiledEngine(model, cache: temporary.cache), tokens) == expected, "seed \(seed)")
      #if arch(x86_64)
        #expect(try Self.answers(EncodedEngine(model), tokens) == expected, "encoded, seed \(seed)")
      #endif
    }
  }
}

extension TransformerModel {
  /// The model with a little of every token's own slots added to all keys and queries.
  fileprivate func perturbed(seed: UInt64) throws -> TransformerModel {
    var generator = SplitMix64(seed: seed)
    let layers = layers.map { layer in
      var projection = layer.inProjection
      for row in 0..<2 * modelWidth {
        for slot in 3..<modelWidth { projection[row, slot] += Double(Int.random(in: 1...64, using: &generator)) / 64 }
      }
      return TransformerLayer(
        inProjection: projection, outProjection: layer.outProjection, feedForwardIn: layer.feedForwardIn,
        feedForwardOut: layer.feedForwardOut, tieRules: layer.tieRules, headRoles: layer.headRoles)
    }
    return try TransformerModel(
      vocabulary: vocabulary, stopToken: stopToken, embedding: embedding, layers: layers, head: head)
  }
}
