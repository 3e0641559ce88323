import Engine
import RandomNumbers
import Testing
import Transformer

/// Drafts, right and wrong: the engine must go on as if only the accepted tokens had ever been there.
@Suite struct DraftTests {
  /// Runs a model on its own output, drafts corrupted at random, and compares with an engine that steps.
  static func check(
    _ model: TransformerModel, seed: UInt64, corruption: Int, length: Int = 400, by tried: (any BlockEngine)? = nil
  ) throws {
    var generator = SplitMix64(seed: seed)
    // What the model says by itself.
    var alone = SparseEngine(model)
    var expected = [Int32(try alone.prefill([0, 1]))]
    while expected.count < length { expected.append(Int32(try alone.step(Int(expected[expected.count - 1])))) }

    var engine: any BlockEngine = tried ?? SparseEngine(model)
    try engine.read([0])
    var output: [Int32] = []
    var pending: Int32 = 1
    while output.count < length {
      let end = min(output.count + Int.random(in: 0...120, using: &generator), length)
      var draft = Array(expected[output.count..<end])
      for place in draft.indices where Int.random(in: 0..<corruption, using: &generator) == 0 {
        draft[place] = Int32.random(in: -1...Int32(model.vocabularySize), using: &generator)
      }
      let outcome = try engine.accept([pending] + draft)
      let right = zip(draft, expected[output.count...]).prefix { $0 == $1 }.count
      #expect(outcome.acceptedCount == right + 1, "seed \(seed), at \(output.count)")
      output += draft[..<(outcome.acceptedCount - 1)] + [outcome.next]
      #expect(engine.position == output.count + 1, "seed \(seed)")
      pending = outcome.next
    }
    #expect(Array(output[..<length]) == expected, "seed \(seed), corruption \(corruption)")
  }

  @Test func wrongDraftsChangeNothing() throws {
    for seed in UInt64(6000)..<6120 {
      let model = try RandomModel.make(seed: seed, hasRecency: true)
      try Self.check(model, seed: seed, corruption: [1, 3, 30, 1000][Int(seed % 4)])
    }
  }

  /// All heads of these models are searched by number, so that positions are withdrawn by the journal.
  @Test func keysAreTakenBack() throws {
    for seed in UInt64(0)..<80 {
      var generator = SplitMix64(seed: seed)
      let tokens = (0..<24).map { value in
        let spread = [3, 40, 9000].randomElement(using: &generator) ?? 3
        var token = KeyedModel.Token(
          number: value == 0 ? 0 : Int.random(in: 0...spread, using: &generator),
          query: Double(Int.random(in: -8...8 * (spread + 9), using: &generator)) / 8,
          value: Int.random(in: 0..<24, using: &generator))
        if value % 3 == 2 { token.key.y -= 1e30 }
        return token
      }
      let model = try KeyedModel.model(tokens, recency: seed.isMultiple(of: 2) ? 0 : 0x1p-20)
      try Self.check(model, seed: seed, corruption: [2, 8, 60][Int(seed % 3)])
      try Self.checkArbitraryDrafts(model, seed: seed)
    }
  }

  /// Drafts so long that stages compute them in threads of their own, wrong somewhere.
  @Test func longDraftsAreTakenBack() throws {
    for seed in UInt64(6200)..<6208 {
      var generator = SplitMix64(seed: seed)
      let model = try RandomModel.make(seed: seed, hasRecency: true)
      var alone = SparseEngine(model)
      var expected = [Int32(try alone.prefill([0, 1]))]
      while expected.count < 12_000 { expected.append(Int32(try alone.step(Int(expected[expected.count - 1])))) }
      var engine = SparseEngine(model)
      try engine.read([0])
      var draft = [1] + expected
      let wrong = Int.random(in: 1..<draft.count, using: &generator)
      draft[wrong] = (draft[wrong] + 1) % Int32(model.vocabularySize)
      let first = try engine.accept(draft)
      #expect(first.acceptedCount == wrong, "seed \(seed)")
      #expect(first.next == expected[wrong - 1], "seed \(seed)")
      let second = try engine.accept(Array(expected[(wrong - 1)...]))
      #expect(second.acceptedCount == expected.count - wrong + 1, "seed \(seed)")
      #expect(try second.next == Int32(alone.step(Int(expected[expected.count - 1]))), "seed \(seed)")
    }
  }

  /// Feeds random tokens, most of them wrong, and compares each prediction with that of an engine that read the accepted ones only.
  private static func checkArbitraryDrafts(_ model: TransformerModel, seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    var engine = SparseEngine(model)
    var accepted: [Int32] = []
    for _ in 0..<25 {
      let draft = BlockRuns.tokens(Int.random(in: 1...70, using: &generator), of: model.vocabularySize, &generator)
      let outcome = try engine.accept(draft)
      accepted += draft[..<outcome.acceptedCount]
      let expected = try BlockRuns.answers(DenseEngine(model, attention: .reference), accepted)
      #expect(outcome.next == expected.last, "seed \(seed) at \(accepted.count)")
    }
  }

  /// A wrong token may break the premise of an index; once it is withdrawn, that must not matter any more.
  @Test func irregularTokensAreTakenBack() throws {
    var generator = SplitMix64(seed: 9)
    var tokens = (0..<24).map { KeyedModel.Token(number: $0, query: Double($0 * 5 % 24), value: ($0 * 7 + 1) % 23) }
    tokens[23] = KeyedModel.Token(key: (6, -8), query: (3, -1), value: 5)
    let model = try KeyedModel.model(tokens, recency: 0x1p-20)
    var engine = SparseEngine(model)
    var alone = SparseEngine(model)
    var pending: Int32 = 1
    for round in 0..<40 {
      let wrong = (0..<Int.random(in: 1...50, using: &generator)).map { _ in Int32(23) }
      let outcome = try engine.accept([pending] + wrong)
      #expect(outcome.acceptedCount == 1)
      #expect(try outcome.next == Int32(alone.step(Int(pending))), "round \(round)")
      pending = outcome.next
    }
  }

  @Test func impossibleDraftsAreErrors() throws {
    let model = try RandomModel.make(seed: 3, hasRecency: false)
    let size = model.vocabularySize
    var engine = SparseEngine(model)
    #expect(throws: EngineError(.emptyPrompt, position: 0)) { try engine.accept([]) }
    #expect(throws: EngineError(.unknownToken(size, vocabularySize: size), position: 0)) {
      try engine.accept([Int32(size), 0])
    }
    #expect(engine.position == 0)
    #expect(try engine.accept([0, Int32(size)]).acceptedCount == 1)
    #expect(engine.position == 1)
  }
}
