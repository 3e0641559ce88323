import Engine
import RandomNumbers
import Testing
import Transformer

/// Heads whose keys are integers on a parabola, and heads that seem to be such until a token shows that they are not.
@Suite struct IntegerKeyTests {
  typealias Token = KeyedModel.Token

  private static let vocabularySize = 24

  private static func answers(_ engine: some TransformerEngine, _ tokens: [Int]) throws -> [Int] {
    var engine = engine
    return try tokens.map { token throws(EngineError) in try engine.step(token) }
  }

  /// Tokens whose keys lie on the parabola; every third is hidden, and some prefer themselves a little.
  private static func regularTokens(_ generator: inout SplitMix64) -> [Token] {
    (0..<vocabularySize).map { value in
      let spread = [3, 40, 9000, 1 << 22].randomElement(using: &generator) ?? 3
      let number = Int.random(in: 0...spread, using: &generator)
      let excess = [0.0, 0.25, 0.5].randomElement(using: &generator) ?? 0.0
      let query = Double(Int.random(in: -8...8 * (spread + 9), using: &generator)) / 8
      var token = Token(number: value == 0 ? 0 : number, excess: excess, query: query, value: value)
      if value % 3 == 2 { token.key.y -= 1e30 }
      return token
    }
  }

  /// What breaks one premise each: keys that the index must refuse, and queries that it cannot answer.
  private static let irregularTokens: [Token] = [
    Token(key: (6, -9.25), query: (3, 1), value: 5), Token(key: (6, -8), query: (3, 1), value: 5),
    Token(key: (5, -6.25), query: (2.5, 1), value: 5), Token(number: -2, query: -2, value: 5),
    Token(number: 1 << 26, query: 0x1p26, value: 5), Token(key: (8, -1e20), query: (4, 1), value: 5),
    Token(key: (0x1p60, -1e30), query: (4, 1), value: 5),
    Token(key: (4, -4), query: (2, -1), value: 5), Token(key: (4, -4), query: (-1, 0), value: 5),
    Token(key: (4, -4), query: (0x1p50, 1), value: 5), Token(key: (4, -4), query: (1e308, 1e-10), value: 5),
  ]

  @Test func regularKeysAreFoundByNumber() throws {
    for seed in UInt64(0)..<120 {
      var generator = SplitMix64(seed: seed)
      let model = try KeyedModel.model(Self.regularTokens(&generator), recency: seed.isMultiple(of: 2) ? 0 : 0x1p-20)
      let tokens = (0..<200).map { _ in Int.random(in: 0..<Self.vocabularySize, using: &generator) }
      let run = seed.isMultiple(of: 3) ? tokens : [0] + tokens
      let expected = try Self.answers(DenseEngine(model, attention: .reference), run)
      #expect(try Self.answers(SparseEngine(model), run) == expected, "seed \(seed)")
    }
  }

  @Test func theFirstKeyMayBreakThePremise() throws {
    for (number, token) in Self.irregularTokens.enumerated() {
      var generator = SplitMix64(seed: UInt64(number))
      var tokens = Self.regularTokens(&generator)
      tokens[7] = token
      let model = try KeyedModel.model(tokens)
      let run = [7, 1, 2, 3, 7] + (0..<40).map { _ in Int.random(in: 0..<Self.vocabularySize, using: &generator) }
      let expected = try Self.answers(DenseEngine(model, attention: .reference), run)
      #expect(try Self.answers(SparseEngine(model), run) == expected, "irregular token \(number)")
    }
  }

  @Test func aLateKeyMayBreakThePremise() throws {
    for (number, token) in Self.irregularTokens.enumerated() where number.isMultiple(of: 3) {
      var generator = SplitMix64(seed: UInt64(number))
      var tokens = Self.regularTokens(&generator)
      tokens[7] = token
      let model = try KeyedModel.model(tokens)
      let early = (0..<10_000).map { _ in [1, 2, 3, 4, 5, 6, 8, 9].randomElement(using: &generator) ?? 0 }
      let late = (0..<60).map { _ in Int.random(in: 0..<Self.vocabularySize, using: &generator) }
      let expected = try Self.answers(DenseEngine(model), early + [7] + late)
      #expect(try Self.answers(SparseEngine(model), early + [7] + late) == expected, "irregular token \(number)")
    }
  }

  @Test func aForkSeesNothingOfTheOther() throws {
    var generator = SplitMix64(seed: 5)
    let model = try KeyedModel.model(Self.regularTokens(&generator))
    let run = (0..<300).map { _ in Int.random(in: 0..<Self.vocabularySize, using: &generator) }
    let others = (0..<300).map { _ in Int.random(in: 0..<Self.vocabularySize, using: &generator) }
    var engine = SparseEngine(model)
    let first = try run[..<150].map { token throws(EngineError) in try engine.step(token) }
    var fork = engine
    for token in others { _ = try fork.step(token) }
    let second = try run[150...].map { token throws(EngineError) in try engine.step(token) }
    #expect(try first + second == Self.answers(DenseEngine(model), run))
    #expect(
      try others.isEmpty == false
        && Self.answers(fork, [3]) == [Self.answers(DenseEngine(model), run[..<150] + others + [3]).last])
  }
}
