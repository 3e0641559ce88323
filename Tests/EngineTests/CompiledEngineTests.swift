import Engine
import Testing
import Transformer

@Suite struct CompiledEngineTests {
  private static func answers(_ engine: some TransformerEngine, _ tokens: [Int]) throws -> [Int] {
    var engine = engine
    return try tokens.map { token throws(EngineError) in try engine.step(token) }
  }

  @Test func compiledCodeAgreesWithAllKeysCompared() throws {
    let temporary = TemporaryCache()
    for seed in UInt64(3000)..<3024 {
      let model = try RandomModel.make(seed: seed, hasRecency: true)
      var generator = SeededGenerator(seed: seed)
      let tokens = (0..<60).map { $0 == 0 ? 0 : Int.random(in: 0..<model.vocabularySize, using: &generator) }
      let expected = try Self.answers(DenseEngine(model, attention: .reference), tokens)
      #expect(try Self.answers(CompiledEngine(model, cache: temporary.cache), tokens) == expected, "seed \(seed)")
    }
  }

  @Test func aForkSeesNothingOfTheOther() throws {
    let temporary = TemporaryCache()
    let model = try RandomModel.make(seed: 3100, hasRecency: true)
    var generator = SeededGenerator(seed: 3100)
    let tokens = (0..<90).map { _ in Int.random(in: 0..<model.vocabularySize, using: &generator) }
    var engine = try CompiledEngine(model, cache: temporary.cache)
    let first = try tokens[..<30].map { token throws(EngineError) in try engine.step(token) }
    var fork = engine
    let forked = try tokens[60...].map { token throws(EngineError) in try fork.step(token) }
    let second = try tokens[30..<60].map { token throws(EngineError) in try engine.step(token) }
    #expect(try first + second == Self.answers(DenseEngine(model), Array(tokens[..<60])))
    #expect(try first + forked == Self.answers(DenseEngine(model), Array(tokens[..<30] + tokens[60...])))
  }
}
