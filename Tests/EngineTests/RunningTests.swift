import Engine
import Testing
import Transformer

/// Runs, forks and errors, the same for every engine.
@Suite struct RunningTests {
  /// Counts: the next token is one more than the one before, by what the head reads at its own position.
  private static func counter(_ tokens: Int) throws -> TransformerModel {
    var sketch = ModelSketch(tokens: tokens, width: 6)
    sketch.markOne()
    for token in 1..<tokens { sketch.embedding[token, 4] = Double(token) }
    let one = ModelSketch.one
    sketch.setHead(0, query: ([0: 1], [one: 1]), key: ([0: 2], [one: 1]), values: ([4: 1, one: 1], [:]))
    sketch.connect(0, to: (5, nil))
    sketch.scoreByNumber(slot: 5)
    return try sketch.model()
  }

  private static func engines(_ model: TransformerModel) -> [any TransformerEngine] {
    AttentionMethod.allCases.map { DenseEngine(model, attention: $0) } + [SparseEngine(model)]
  }

  private static func run(
    _ engine: some TransformerEngine, prompt: [Int], maximum: Int, stop: Int, accepting: Int = .max
  ) throws -> (tokens: [Int], Generation) {
    var engine = engine
    var tokens: [Int] = []
    let generation = try engine.generate(prompt: prompt, maximumTokens: maximum, stop: stop) { token in
      tokens.append(token)
      return tokens.count < accepting
    }
    #expect(engine.position == prompt.count + max(0, tokens.count - 1))
    return (tokens, generation)
  }

  @Test func runsEndForAReason() throws {
    for engine in Self.engines(try Self.counter(12)) {
      let full = try Self.run(engine, prompt: [0, 3, 4], maximum: 100, stop: 9)
      #expect(full.tokens == [5, 6, 7, 8, 9])
      #expect(full.1.ending == .stopToken)
      #expect(full.1.promptTokens == 3)
      #expect(full.1.generatedTokens == 5)
      let limited = try Self.run(engine, prompt: [0, 3], maximum: 2, stop: 9)
      #expect(limited.tokens == [4, 5])
      #expect(limited.1.ending == .limit)
      let none = try Self.run(engine, prompt: [0, 3], maximum: 0, stop: 9)
      #expect(none.tokens.isEmpty)
      #expect(none.1.ending == .limit)
      let interrupted = try Self.run(engine, prompt: [0, 3], maximum: 9, stop: 9, accepting: 3)
      #expect(interrupted.tokens == [4, 5, 6])
      #expect(interrupted.1.ending == .interrupted)
    }
  }

  @Test func errorsChangeNothing() throws {
    for engine in Self.engines(try Self.counter(5)) {
      var engine = engine
      _ = try engine.step(0)
      for token in [-1, 5, .min, .max] {
        #expect(throws: EngineError(.unknownToken(token, vocabularySize: 5), position: 1)) { try engine.step(token) }
        #expect(throws: EngineError.self) { try engine.advance(token) }
      }
      #expect(throws: EngineError(.emptyPrompt, position: 1)) { try engine.prefill([]) }
      #expect(engine.position == 1)
      #expect(try engine.step(2) == 3)
    }
    #expect(EngineError(.unknownToken(9, vocabularySize: 5), position: 1).description.contains("0 to 4, found 9"))
  }

  @Test func copiesAreForks() throws {
    let model = try RandomModel.make(seed: 77, hasRecency: true)
    for engine in Self.engines(model) {
      var trunk = engine
      _ = try trunk.prefill([0, 1, 1])
      var branch = trunk
      for _ in 0..<20 { try branch.advance(0) }
      var fresh = engine
      _ = try fresh.prefill([0, 1, 1])
      for token in [1, 0, 1, 1, 0] {
        let expected = try fresh.step(token)
        #expect(try trunk.step(token) == expected)
      }
    }
  }

  @Test func prefillIsStepByStep() throws {
    let model = try RandomModel.make(seed: 5, hasRecency: true)
    for engine in Self.engines(model) {
      var whole = engine
      var single = engine
      var answer = 0
      for token in [0, 1, 1, 0, 1] { answer = try single.step(token) }
      #expect(try whole.prefill([0, 1, 1, 0, 1]) == answer)
      #expect(whole.position == 5)
    }
  }

  /// Soft attention with the hardness that queries carry equals hard attention where scores differ.
  @Test func softmaxAgreesWhereScoresDiffer() throws {
    let model = try Self.counter(12)
    let soft = try Self.run(DenseEngine(model, attention: .softmax), prompt: [0, 1], maximum: 50, stop: 11)
    let hard = try Self.run(SparseEngine(model), prompt: [0, 1], maximum: 50, stop: 11)
    #expect(soft.tokens == hard.tokens)
    #expect(soft.tokens.last == 11)
  }

  /// Heads of different layers that gather the same number remember it once, and what the token tells not at all.
  @Test func gatheredNumbersAreStoredOnce() throws {
    var sketch = ModelSketch(tokens: 4, width: 10, layers: 3)
    sketch.markOne()
    for token in 1..<4 { sketch.embedding[token, 4] = Double(token) }
    for layer in 0..<3 {
      sketch.setHead(
        0, layer: layer, query: ([0: 1, ModelSketch.one: -1], [ModelSketch.one: 1]), key: ([0: 2], [2: -1]),
        values: ([4: layer == 1 ? 1 : 2], layer == 2 ? [7: 1] : [:]))
      sketch.connect(0, layer: layer, to: (7, layer == 2 ? 8 : nil))
    }
    for slot in [7, 8] { sketch.head[1, slot] = 1 }
    let model = try sketch.model()
    #expect(model.headUses().map(\.first) == [.gather, .gather, .gather])
    #expect(SparseEngine(model).storedColumnCount == 2)
  }
}
