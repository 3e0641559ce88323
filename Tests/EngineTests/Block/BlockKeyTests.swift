import Engine
import RandomNumbers
import Testing
import Transformer

/// Heads whose keys seem to be integers on a parabola until, inside a block, a token shows that they are not.
@Suite struct BlockKeyTests {
  typealias Token = KeyedModel.Token

  static let vocabularySize = 24
  /// The token that breaks a premise.
  static let irregular: Int32 = 7

  /// What breaks a premise: keys that an index must refuse, and queries that it cannot answer.
  static let irregularTokens: [Token] = [
    Token(key: (6, -9.25), query: (3, 1), value: 5), Token(key: (6, -8), query: (3, 1), value: 5),
    Token(key: (5, -6.25), query: (2.5, 1), value: 5), Token(number: -2, query: -2, value: 5),
    Token(number: 1 << 26, query: 0x1p26, value: 5), Token(key: (0x1p60, -1e30), query: (4, 1), value: 5),
    Token(key: (4, -4), query: (2, -1), value: 5), Token(key: (4, -4), query: (-1, 0), value: 5),
    Token(key: (4, -4), query: (1e308, 1e-10), value: 5),
  ]

  /// Tokens whose keys lie on the parabola; every third is hidden, and some prefer themselves a little.
  static func model(
    _ generator: inout SplitMix64, irregular token: Token? = nil
  ) throws -> TransformerModel {
    var tokens = (0..<vocabularySize).map { value in
      let spread = [3, 40, 9000, 1 << 22].randomElement(using: &generator) ?? 3
      let number = value == 0 ? 0 : Int.random(in: 0...spread, using: &generator)
      let excess = [0.0, 0.25, 0.5].randomElement(using: &generator) ?? 0.0
      let query = Double(Int.random(in: -8...8 * (spread + 9), using: &generator)) / 8
      var token = Token(number: number, excess: excess, query: query, value: value)
      if value % 3 == 2 { token.key.y -= 1e30 }
      return token
    }
    if let token { tokens[Int(irregular)] = token }
    return try KeyedModel.model(tokens, recency: Bool.random(using: &generator) ? 0x1p-20 : 0)
  }

  static func regularRun(_ count: Int, _ generator: inout SplitMix64) -> [Int32] {
    (0..<count).map { _ in
      let token = Int32.random(in: 0..<Int32(vocabularySize - 1), using: &generator)
      return token < irregular ? token : token + 1
    }
  }

  @Test func regularKeysAreFoundByNumber() throws {
    for seed in UInt64(0)..<60 {
      var generator = SplitMix64(seed: seed)
      let model = try Self.model(&generator)
      let run = BlockRuns.tokens(200, of: Self.vocabularySize, &generator)
      let expected = try BlockRuns.answers(DenseEngine(model, attention: .reference), run)
      #expect(try BlockRuns.answers(SparseEngine(model), run, sizes: [77]) == expected, "seed \(seed)")
    }
  }

  @Test func aPremiseMayFailAnywhereInABlock() throws {
    for (number, token) in Self.irregularTokens.enumerated() {
      for place in [0, 1, 31, 32, 50, 63, 99] {
        var generator = SplitMix64(seed: UInt64(100 * number + place))
        let model = try Self.model(&generator, irregular: token)
        let later = BlockRuns.tokens(60, of: Self.vocabularySize, &generator)
        let run = Self.regularRun(place, &generator) + [Self.irregular] + later
        let expected = try BlockRuns.answers(DenseEngine(model, attention: .reference), run)
        let what = "irregular token \(number) at \(place)"
        #expect(try BlockRuns.answers(SparseEngine(model), run, sizes: [run.count]) == expected, "\(what)")
        #expect(try BlockRuns.answers(SparseEngine(model), run, sizes: [45]) == expected, "\(what), by 45")
      }
    }
  }

  @Test func aPremiseMayFailLate() throws {
    let temporary = TemporaryCache()
    for (number, token) in Self.irregularTokens.enumerated() where number.isMultiple(of: 4) {
      var generator = SplitMix64(seed: UInt64(number))
      let model = try Self.model(&generator, irregular: token)
      let late = BlockRuns.tokens(60, of: Self.vocabularySize, &generator)
      let run = Self.regularRun(10_000, &generator) + [Self.irregular] + late
      let expected = try BlockRuns.answers(DenseEngine(model, attention: .reference), run)
      for size in [999, run.count] {
        let predictions = try BlockRuns.answers(SparseEngine(model), run, sizes: [size])
        #expect(predictions == expected, "irregular token \(number), by \(size)")
      }
      #expect(try BlockRuns.answers(SparseEngine(model), run) == expected, "irregular token \(number), plan")
      #if arch(x86_64)
        #expect(try BlockRuns.answers(EncodedEngine(model), run) == expected, "irregular token \(number), encoded")
      #endif
      let engine = try CompiledEngine(model, cache: temporary.cache)
      #expect(try BlockRuns.answers(engine, run) == expected, "irregular token \(number), compiled")
    }
  }
}
