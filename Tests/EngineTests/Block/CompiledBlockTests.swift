import Engine
import RandomNumbers
import Testing
import Transformer

/// Blocks computed by compiled code, and by the interpreted plan where the code does not reach.
@Suite struct CompiledBlockTests {
  private static let sizes = [1, 7, 31, 32, 33, 64, 100]

  @Test func compiledBlocksAgreeWithAllKeysCompared() throws {
    let temporary = TemporaryCache()
    for seed in UInt64(5000)..<5012 {
      var generator = SplitMix64(seed: seed)
      let model = try RandomModel.make(seed: seed, hasRecency: true)
      let tokens = BlockRuns.tokens(300, of: model.vocabularySize, &generator)
      let expected = try BlockRuns.answers(DenseEngine(model, attention: .reference), tokens)
      let engine = try CompiledEngine(model, cache: temporary.cache)
      let sizes = Self.sizes.shuffled(using: &generator)
      #expect(try BlockRuns.answers(engine, tokens, sizes: sizes) == expected, "seed \(seed), sizes \(sizes)")
    }
  }

  /// Models all of whose keys are found by number, which is what blocks are compiled for.
  @Test func keysAreFoundByNumber() throws {
    let temporary = TemporaryCache()
    for seed in UInt64(0)..<8 {
      var generator = SplitMix64(seed: seed)
      let model = try BlockKeyTests.model(&generator)
      let run = BlockRuns.tokens(500, of: BlockKeyTests.vocabularySize, &generator)
      let expected = try BlockRuns.answers(DenseEngine(model, attention: .reference), run)
      let engine = try CompiledEngine(model, cache: temporary.cache)
      #expect(try BlockRuns.answers(engine, run, sizes: [77]) == expected, "seed \(seed)")
      try DraftTests.check(model, seed: seed, corruption: [2, 8, 60][Int(seed % 3)], by: engine)
    }
  }

  @Test func aPremiseMayFailAnywhere() throws {
    let temporary = TemporaryCache()
    for (number, token) in BlockKeyTests.irregularTokens.enumerated() {
      var generator = SplitMix64(seed: UInt64(number))
      let model = try BlockKeyTests.model(&generator, irregular: token)
      let engine = try CompiledEngine(model, cache: temporary.cache)
      for place in [0, 1, 31, 50, 64, 5000] {
        let later = BlockRuns.tokens(60, of: BlockKeyTests.vocabularySize, &generator)
        let run = BlockKeyTests.regularRun(place, &generator) + [BlockKeyTests.irregular] + later
        let expected = try BlockRuns.answers(DenseEngine(model), run)
        let what = "irregular token \(number) at \(place)"
        #expect(try BlockRuns.answers(engine, run, sizes: [run.count]) == expected, "\(what)")
        #expect(try BlockRuns.answers(engine, run, sizes: [45]) == expected, "\(what), by 45")
      }
    }
  }

  /// What a head's two values add to a slot may cancel out, while what is in the slot is no integer and stays.
  @Test func sumsWithoutTerms() throws {
    let temporary = TemporaryCache()
    var sketch = ModelSketch(tokens: 9, width: 8)
    sketch.markOne()
    for token in 1..<9 {
      sketch.embedding[token, 4] = Double(token)
      sketch.embedding[token, 5] = Double(token) / 3
    }
    // The values at its own position, one minus the other.
    sketch.setHead(0, query: ([0: 1], [:]), key: ([0: 1], [:]), values: ([4: 1], [4: 1]))
    sketch.layers[0].outProjection[5, 0] = 1
    sketch.layers[0].outProjection[5, 1] = -1
    sketch.scoreByNumber(slot: 5)
    let model = try sketch.model()
    let tokens = [0] + (0..<99).map { Int32(1 + $0 % 8) }
    let expected = try BlockRuns.answers(DenseEngine(model, attention: .reference), tokens)
    let engine = try CompiledEngine(model, cache: temporary.cache)
    #expect(try BlockRuns.answers(engine, tokens, sizes: [50]) == expected)
    #expect(try BlockRuns.answers(engine, tokens) == expected)
  }

  /// So many tokens at once that stages compute them in threads of their own.
  @Test func stagesAgree() throws {
    let temporary = TemporaryCache()
    for seed in UInt64(20)..<24 {
      var generator = SplitMix64(seed: seed)
      let model = try BlockKeyTests.model(&generator)
      let tokens = BlockRuns.tokens(20_001, of: BlockKeyTests.vocabularySize, &generator)
      let expected = try BlockRuns.answers(SparseEngine(model), tokens)
      let engine = try CompiledEngine(model, cache: temporary.cache)
      #expect(try BlockRuns.answers(engine, tokens, sizes: [tokens.count]) == expected, "seed \(seed)")
    }
  }
}
