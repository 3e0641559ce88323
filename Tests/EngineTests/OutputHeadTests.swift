import Engine
import RandomNumbers
import Testing
import Transformer

/// Which token wins, by what the output head adds up. Slot 4 holds the number that a token asks for.
@Suite struct OutputHeadTests {
  private static let numberSlot = 4
  private static let wanted: [Double] = [
    0, 1, 2, 3, 7, 1.5, 2.5, -1, -0.0, 100, 0x1p20, 0x1p21, -0x1p60, 1e300, 0.499, 3.000001,
  ]

  /// Tokens that ask for one number each.
  private static func sketch() -> ModelSketch {
    var sketch = ModelSketch(tokens: wanted.count, width: 6, layers: 0)
    sketch.markOne()
    for (token, number) in wanted.enumerated() { sketch.embedding[token, numberSlot] = number }
    return sketch
  }

  /// The answers to each token at position 0 and, after a token, at position 1.
  private static func check(_ sketch: ModelSketch, _ what: String) throws {
    let model = try sketch.model()
    for token in 0..<model.vocabularySize {
      var dense = DenseEngine(model)
      var sparse = SparseEngine(model)
      for next in [token, token] {
        let expected = try dense.step(next)
        #expect(try sparse.step(next) == expected, "\(what), token \(token)")
      }
    }
  }

  @Test func numberedTokensWinByTheirNumber() throws {
    var sketch = Self.sketch()
    sketch.scoreByNumber(slot: Self.numberSlot)
    try Self.check(sketch, "numbered")
    var engine = SparseEngine(try sketch.model())
    #expect(try engine.step(0) == 0)
    #expect(try (1...4).map { token throws(EngineError) in try engine.step(token) } == [1, 2, 3, 7])
    // Halfway between two numbers, beyond the last, below the first.
    #expect(try engine.step(5) == 1)
    #expect(try engine.step(9) == Self.wanted.count - 1)
    #expect(try engine.step(7) == 0)
  }

  @Test func constantsGapsAndOutsidersAreHeeded() throws {
    for constant in [0.0, 5, -3, 0.5, 1e30] {
      for outsider in [-1e30, 0, 4.25, 40, 1e30] {
        var sketch = Self.sketch()
        for token in 0..<sketch.head.rows {
          switch token % 4 {
          case 0, 1, 2:
            let number = Double(3 * (sketch.head.rows - token))
            sketch.head[token, Self.numberSlot] = 2 * number
            sketch.head[token, ModelSketch.one] = constant - number * number
          default:
            sketch.head[token, ModelSketch.one] = outsider
            sketch.head[token, 5] = token % 8 == 3 ? 0 : 1
          }
        }
        try Self.check(sketch, "constant \(constant), outsider \(outsider)")
      }
    }
  }

  @Test func equalScoresGoToTheLowestToken() throws {
    var sketch = Self.sketch()
    for token in 0..<sketch.head.rows {
      let number = Double([5, 3, 3, 2, 2, 1, 1, 1][token % 8])
      sketch.head[token, Self.numberSlot] = 2 * number
      sketch.head[token, ModelSketch.one] = -number * number
    }
    try Self.check(sketch, "twins")
    var engine = SparseEngine(try sketch.model())
    #expect(try (1...3).map { token throws(EngineError) in try engine.step(token) } == [5, 3, 1])
    #expect(try SparseEngine(Self.sketch().model()).fork { engine throws(EngineError) in try engine.step(3) } == 0)
  }

  @Test func randomHeadsAgree() throws {
    for seed in UInt64(40)..<140 {
      var generator = SplitMix64(seed: seed)
      var sketch = Self.sketch()
      for token in 0..<sketch.head.rows {
        let number = Double(Int.random(in: -6...6, using: &generator))
        if Int.random(in: 0..<5, using: &generator) > 0 {
          sketch.head[token, Self.numberSlot] = 2 * number
          sketch.head[token, ModelSketch.one] = -number * number
        } else {
          sketch.head[token, Int.random(in: 0..<6, using: &generator)] = number
        }
      }
      try Self.check(sketch, "seed \(seed)")
    }
  }
}

extension TransformerEngine {
  /// What a body makes of a copy.
  func fork<Result>(_ body: (inout Self) throws(EngineError) -> Result) throws(EngineError) -> Result {
    var copy = self
    return try body(&copy)
  }
}
