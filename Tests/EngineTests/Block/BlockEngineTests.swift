import Engine
import RandomNumbers
import Testing
import Transformer

@Suite struct BlockEngineTests {
  private static let sizes = [1, 7, 8, 9, 16, 31, 32, 33, 64, 100]

  @Test func blocksOfAnySizeAgreeWithAllKeysCompared() throws {
    // In the last of them a head reads by position what nothing else does.
    for seed in Array(UInt64(5000)..<5300) + [6035] {
      var generator = SplitMix64(seed: seed)
      let model = try RandomModel.make(seed: seed, hasRecency: true)
      let tokens = BlockRuns.tokens(110, of: model.vocabularySize, &generator)
      let expected = try BlockRuns.answers(DenseEngine(model, attention: .reference), tokens)
      let engine = SparseEngine(model)
      #expect(try BlockRuns.answers(engine, tokens, sizes: [tokens.count]) == expected, "seed \(seed), all at once")
      let sizes = Self.sizes.shuffled(using: &generator)
      #expect(try BlockRuns.answers(engine, tokens, sizes: sizes) == expected, "seed \(seed), sizes \(sizes)")
    }
  }

  @Test func blocksAndSingleTokensMix() throws {
    for seed in UInt64(5400)..<5450 {
      var generator = SplitMix64(seed: seed)
      let model = try RandomModel.make(seed: seed, hasRecency: true)
      let tokens = BlockRuns.tokens(120, of: model.vocabularySize, &generator)
      var engine = SparseEngine(model)
      var predictions: [Int32] = []
      while predictions.count < tokens.count {
        if Bool.random(using: &generator) {
          predictions.append(Int32(try engine.step(Int(tokens[predictions.count]))))
        } else {
          let end = min(tokens.count, predictions.count + Int.random(in: 0...40, using: &generator))
          predictions += try engine.predictions(after: Array(tokens[predictions.count..<end]))
        }
      }
      #expect(engine.position == tokens.count)
      let expected = try BlockRuns.answers(DenseEngine(model, attention: .reference), tokens)
      #expect(predictions == expected, "seed \(seed)")
    }
  }

  @Test func compiledCodeGoesOnBehindABlock() throws {
    let temporary = TemporaryCache()
    for seed in UInt64(5460)..<5463 {
      var generator = SplitMix64(seed: seed)
      let model = try RandomModel.make(seed: seed, hasRecency: true)
      let tokens = BlockRuns.tokens(100, of: model.vocabularySize, &generator)
      var engine = try CompiledEngine(model, cache: temporary.cache)
      var predictions = try engine.predictions(after: Array(tokens[..<45]))
      for token in tokens[45..<70] { predictions.append(Int32(try engine.step(Int(token)))) }
      predictions += try engine.predictions(after: Array(tokens[70...]))
      let expected = try BlockRuns.answers(DenseEngine(model, attention: .reference), tokens)
      #expect(predictions == expected, "seed \(seed)")
    }
  }

  /// So many tokens at once that stages compute them in threads of their own.
  @Test func stagesAgree() throws {
    for seed in UInt64(5470)..<5482 {
      var generator = SplitMix64(seed: seed)
      let model = try RandomModel.make(seed: seed, hasRecency: true)
      let tokens = BlockRuns.tokens(9001, of: model.vocabularySize, &generator)
      let expected = try BlockRuns.answers(SparseEngine(model), tokens)
      let predictions = try BlockRuns.answers(SparseEngine(model), tokens, sizes: [tokens.count])
      #expect(predictions == expected, "seed \(seed)")
    }
  }

  /// A head of a later layer searches the same keys as one before: no thread may take keys in that it has not come to.
  @Test func keysSearchedInTwoLayersAreNotTakenInAhead() throws {
    let temporary = TemporaryCache()
    for seed in UInt64(5490)..<5494 {
      var generator = SplitMix64(seed: seed)
      let model = try Self.searchedTwice(&generator)
      let tokens = BlockRuns.tokens(9001, of: model.vocabularySize, &generator)
      let expected = try BlockRuns.answers(DenseEngine(model), tokens)
      #expect(Set(expected).count > 20, "seed \(seed): the model tells nothing")
      #expect(try BlockRuns.answers(SparseEngine(model), tokens, sizes: [9001]) == expected, "seed \(seed), plan")
      let engine = try CompiledEngine(model, cache: temporary.cache)
      #expect(try BlockRuns.answers(engine, tokens, sizes: [9001]) == expected, "seed \(seed), compiled")
    }
  }

  /// Each token brings a number, one to look for, and a value; the value at the number that the looked-for value names is the next token.
  private static func searchedTwice(_ generator: inout SplitMix64) throws -> TransformerModel {
    let (number, wanted, value, square, first, second, one) = (4, 5, 6, 7, 8, 10, ModelSketch.one)
    let count = 61
    var sketch = ModelSketch(tokens: count, width: 14, layers: 3)
    sketch.markOne()
    for token in 1..<count {
      for slot in [number, wanted, value] {
        sketch.embedding[token, slot] = Double(Int.random(in: 0..<count, using: &generator))
      }
    }
    (sketch.layers[0].feedForwardIn[0, number], sketch.layers[0].feedForwardIn[1, number]) = (1, 1)
    sketch.layers[0].feedForwardOut[square, 0] = 1
    for (layer, query, result) in [(1, wanted, first), (2, first, second)] {
      sketch.setHead(
        0, layer: layer, query: ([query: 1], [one: 1]), key: ([number: 2], [square: -1]), values: ([value: 1], [:]))
      sketch.connect(0, layer: layer, to: (result, nil))
    }
    sketch.scoreByNumber(slot: second)
    return try sketch.model()
  }

  @Test func whatIsOnlyReadIsRemembered() throws {
    for seed in UInt64(5500)..<5530 {
      var generator = SplitMix64(seed: seed)
      let model = try RandomModel.make(seed: seed, hasRecency: true)
      let tokens = BlockRuns.tokens(90, of: model.vocabularySize, &generator)
      let split = Int.random(in: 0...tokens.count, using: &generator)
      var engine = SparseEngine(model)
      try engine.read(Array(tokens[..<split]))
      #expect(engine.position == split)
      let rest = try engine.predictions(after: Array(tokens[split...]))
      #expect(
        try rest == Array(BlockRuns.answers(SparseEngine(model), tokens)[split...]), "seed \(seed), split \(split)")
    }
  }

  @Test func errorsChangeNothing() throws {
    let model = try RandomModel.make(seed: 5600, hasRecency: true)
    let size = model.vocabularySize
    var engine = SparseEngine(model)
    try engine.read([0, 1, 1])
    for bad in [Int32(-1), Int32(size), .min, .max] {
      #expect(throws: EngineError(.unknownToken(Int(bad), vocabularySize: size), position: 5)) {
        try engine.read([0, 1, bad, 0])
      }
      #expect(throws: EngineError(.unknownToken(Int(bad), vocabularySize: size), position: 3)) {
        try engine.predictions(after: [bad])
      }
    }
    #expect(throws: EngineError(.unknownToken(.max, vocabularySize: size), position: 3)) { try engine.step(.max) }
    #expect(engine.position == 3)
    #expect(try engine.predictions(after: []).isEmpty)
    let expected = try BlockRuns.answers(SparseEngine(model), [0, 1, 1, 0])
    #expect(try Int32(engine.step(0)) == expected[3])
  }

  @Test func aForkSeesNothingOfTheOther() throws {
    for seed in UInt64(5700)..<5720 {
      var generator = SplitMix64(seed: seed)
      let model = try RandomModel.make(seed: seed, hasRecency: true)
      let tokens = BlockRuns.tokens(90, of: model.vocabularySize, &generator)
      var engine = SparseEngine(model)
      let first = try engine.predictions(after: Array(tokens[..<30]))
      var fork = engine
      let forked = try fork.predictions(after: Array(tokens[60...]))
      let second = try engine.predictions(after: Array(tokens[30..<60]))
      let expected = try BlockRuns.answers(SparseEngine(model), Array(tokens[..<60]))
      #expect(first + second == expected, "seed \(seed)")
      let other = try BlockRuns.answers(SparseEngine(model), Array(tokens[..<30] + tokens[60...]))
      #expect(first + forked == other, "seed \(seed)")
    }
  }
}
