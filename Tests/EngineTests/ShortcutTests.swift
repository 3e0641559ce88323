import Engine
import Testing
import Transformer

/// Models of one head whose query, key or value the test controls by token, so that a shortcut meets its edge cases.
@Suite struct ShortcutTests {
  /// What a token brings: slots 4 and 5 its query, slot 6 its value.
  private struct Token {
    var query: (x: Double, y: Double)
    var value: Double
  }

  private static let valueSlot = 6
  private static let resultSlot = 7

  /// A model whose next token is twice what the head returns, so that halves show; tokens beyond the given ones are named only.
  private static func model(
    _ tokens: [Token], key: (ModelSketch.Row, ModelSketch.Row), rule: TransformerLayer.TieRule,
    query: (ModelSketch.Row, ModelSketch.Row) = ([4: 1], [5: 1])
  ) throws -> TransformerModel {
    var sketch = ModelSketch(tokens: 40, width: 8)
    sketch.markOne()
    for (token, content) in tokens.enumerated() {
      sketch.embedding[token, 4] = content.query.x
      sketch.embedding[token, 5] = content.query.y
      sketch.embedding[token, valueSlot] = content.value
    }
    sketch.setHead(0, query: query, key: key, values: ([valueSlot: 2], [:]), rule: rule)
    sketch.connect(0, to: (resultSlot, nil))
    sketch.scoreByNumber(slot: resultSlot)
    return try sketch.model()
  }

  private static func answers(_ engine: some TransformerEngine, _ tokens: [Int]) throws -> [Int] {
    var engine = engine
    return try tokens.map { token throws(EngineError) in try engine.step(token) }
  }

  /// All runs of a length over the given tokens after a token that is all zeros, in which each engine must give the same answers.
  private static func checkAllRuns(_ model: TransformerModel, tokens: Int, length: Int, _ what: String) throws {
    let dense = DenseEngine(model, attention: .reference)
    let sparse = SparseEngine(model)
    var run = Array(repeating: 0, count: length)
    while true {
      let expected = try answers(dense, run)
      #expect(try answers(sparse, run) == expected, "\(what), run \(run)")
      guard let place = run.lastIndex(where: { $0 < tokens - 1 }) else { return }
      run[place] += 1
      for later in run.indices where later > place { run[later] = 0 }
    }
  }

  @Test func gathersFindTheirPosition() throws {
    let tokens = [
      Token(query: (0, 0), value: 0), Token(query: (1, 1), value: 1), Token(query: (3, 2), value: 3),
      Token(query: (-1, -1), value: 5), Token(query: (9, 1), value: 8), Token(query: (-2, 0), value: 13),
    ]
    for recency in [0.0, 0.3] {
      for rule in TransformerLayer.TieRule.allCases {
        let model = try Self.model(tokens, key: ([0: 2], [1: recency, 2: -1]), rule: rule)
        #expect(model.headUses()[0][0] == .gather)
        try Self.checkAllRuns(model, tokens: tokens.count, length: 4, "recency \(recency), \(rule)")
      }
    }
  }

  @Test func aKnownGatherReturnsWhatStandsThere() throws {
    let tokens = [
      Token(query: (0, 0), value: 0), Token(query: (1, 1), value: 4), Token(query: (2, 1), value: 6),
      Token(query: (3, 2), value: 7), Token(query: (-7, 1), value: 9), Token(query: (100, 1), value: 10),
    ]
    let run = [0, 1, 2, 3, 4, 5]
    let latest = try Self.model(tokens, key: ([0: 2], [1: 0.3, 2: -1]), rule: .latest)
    // Position 1; 2; nearest to 1.5 and later: 2; clamped to 0; clamped to 5. Answers are doubled.
    #expect(try Self.answers(SparseEngine(latest), run) == [0, 8, 12, 12, 0, 20])
    let average = try Self.model(tokens, key: ([0: 2], [2: -1]), rule: .average)
    // Halfway between 4 and 6.
    #expect(try Self.answers(SparseEngine(average), run) == [0, 8, 12, 10, 0, 20])
  }

  @Test func linesKeepTheGreatestAndTheSmallest() throws {
    let tokens = [
      Token(query: (0, 0), value: 0), Token(query: (2, 1), value: 3), Token(query: (-1, 2), value: 6),
      Token(query: (1, -1), value: 12), Token(query: (0, 1), value: 9),
    ]
    let keys: [(ModelSketch.Row, ModelSketch.Row)] = [
      ([:], [ModelSketch.one: 1]), ([:], [4: 1]), ([4: 1], [:]), ([:], [4: -1e30, 1: 0.3]), ([:], [:]),
    ]
    for (number, key) in keys.enumerated() {
      for rule in TransformerLayer.TieRule.allCases {
        let model = try Self.model(tokens, key: key, rule: rule)
        let isTied = key.0.isEmpty && key.1.isEmpty
        let use: HeadUse =
          switch rule {
          case .latest: isTied ? .passthrough : .line
          case .average: isTied || key.1 == [ModelSketch.one: 1] ? .runningMean : .line
          }
        #expect(model.headUses()[0][0] == use)
        try Self.checkAllRuns(model, tokens: tokens.count, length: 5, "key \(number), \(rule)")
      }
    }
  }

  @Test func runningMeansLeaveOutTheFirstToken() throws {
    let tokens = [
      Token(query: (0, 0), value: 7), Token(query: (0, 0), value: 2), Token(query: (0, 0), value: 6),
    ]
    let one: ModelSketch.Row = [ModelSketch.one: 1]
    let model = try Self.model(tokens, key: ([:], one), rule: .average, query: ([:], one))
    #expect(model.headUses()[0][0] == .runningMean)
    // At the first token `one` is 0, so that the greatest number wins; later the token nearest to twice the mean.
    #expect(try Self.answers(SparseEngine(model), [0, 1, 2, 1, 2]) == [39, 4, 8, 7, 8])
  }

  @Test func ownPositionIsRecognisedOnlyWhereItIsCertain() throws {
    let tokens = [
      Token(query: (0, 0), value: 0), Token(query: (1, 0), value: 3), Token(query: (-1, 1), value: 5),
      Token(query: (0, 2), value: 9),
    ]
    let one = ModelSketch.one
    typealias Case = (key: (ModelSketch.Row, ModelSketch.Row), query: (ModelSketch.Row, ModelSketch.Row), use: HeadUse)
    let cases: [Case] = [
      (([0: 2], [one: 1]), ([0: 1024], [one: 1024]), .passthrough),
      (([0: -2], [one: -1]), ([0: -0.5], [one: -3]), .passthrough),
      (([0: 2], [:]), ([0: 1], [4: 1]), .passthrough),
      (([0: 2], [4: 1]), ([0: 1], [:]), .passthrough),
      (([4: 1], [5: 1]), ([:], [:]), .passthrough),
      // The second coordinate may pull away from the query's own position.
      (([0: 2], [one: 1]), ([0: 1], [one: -1]), .hull),
      (([0: 2], [4: 1]), ([0: 1], [4: 1]), .hull),
      (([0: 2], [one: 1]), ([0: -1], [one: 1]), .hull),
      (([0: 2, 4: 1], [one: 1]), ([0: 1], [one: 1]), .hull),
    ]
    for (number, one) in cases.enumerated() {
      let model = try Self.model(tokens, key: one.key, rule: .latest, query: one.query)
      #expect(model.headUses()[0][0] == one.use, "case \(number)")
      try Self.checkAllRuns(model, tokens: tokens.count, length: 4, "case \(number)")
    }
  }

  @Test func premisesThatFailLeadToTheHull() throws {
    let key: (ModelSketch.Row, ModelSketch.Row) = ([0: 2], [2: -1])
    func use(_ change: (inout ModelSketch) -> Void) throws -> HeadUse {
      var sketch = ModelSketch(tokens: 3, width: 8, layers: 2)
      sketch.markOne()
      sketch.setHead(0, layer: 1, query: ([4: 1], [5: 1]), key: key, values: ([6: 1], [:]))
      sketch.connect(0, layer: 1, to: (7, nil))
      sketch.setHead(1, query: ([4: 1], [5: 1]), key: ([6: 1], [5: 1]), values: ([6: 1], [:]))
      for slot in 4...6 { sketch.embedding[1, slot] = Double(slot) }
      change(&sketch)
      return try sketch.model().headUses()[1][0]
    }
    #expect(try use { _ in } == .gather)
    // A token that brings a position of its own.
    #expect(try use { $0.embedding[1, 0] = 1 } == .hull)
    #expect(try use { $0.embedding[2, 2] = 1 } == .hull)
    // An earlier layer that writes to the position, or erases it: a key that is always 0 is a line.
    #expect(try use { $0.connect(1, to: (0, nil)) } == .hull)
    #expect(
      try use {
        $0.layers[0].feedForwardIn[0, 3] = 1; $0.layers[0].feedForwardIn[1, 3] = 1;
        $0.layers[0].feedForwardOut[2, 0] = 1
      } == .hull)
    #expect(try use { $0.layers[0].erasedAfterAttention = [0] } == .line)
    #expect(try use { $0.layers[0].erasedAfterFeedForward = [2] } == .line)
  }

  @Test func headsThatNothingReadsAreDropped() throws {
    var sketch = ModelSketch(tokens: 3, width: 8)
    sketch.setHead(0, query: ([4: 1], [5: 1]), key: ([4: 1], [5: 1]), values: ([6: 1], [6: 2]))
    #expect(try sketch.model().headUses() == [[.unused, .unused, .unused, .unused]])
  }
}
