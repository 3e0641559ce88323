import Graph
import GraphFuzzing
import ProgramGenerator
import Scheduler
import Testing
import Transformer
import WeightConstruction

/// What the matrices of one small model look like.
struct ModelStructureTests {
  private let graph: ComputationGraph
  private let schedule: Schedule
  private let layout: Layout
  private let model: TransformerModel

  init() throws {
    graph = try Self.makeGraph()
    var random = RandomSource(seed: 1)
    schedule = try Schedule.random(for: graph, reuse: .immediate, spareWidth: 4, using: &random)
    layout = try Layout(of: schedule, for: graph)
    model = try TransformerModel(
      of: graph, scheduled: schedule, firstTokens: ["start", "{"], stopToken: "halt", metadata: ["origin": "test"])
  }

  private static func makeGraph() throws -> ComputationGraph {
    var builder = GraphBuilder()
    let digit = builder.input("digit")
    let before = builder.gather([digit, builder.position], at: builder.position - builder.one, name: "before")
    let count = builder.cumulativeSums([digit], names: ["count"])[0].exact
    let square = builder.table([[0, 1, 4, 9], [5, 5, 5, 7]], index: digit, name: "square")
    let found = builder.fetch(
      [count], query: before[0] + square[1], key: digit, clear: builder.one - digit, name: "found")
    let score = builder.persist(found[0] + square[0] - before[1], name: "score")
    let tokens = [
      TokenDefinition(text: "start", embedding: [:], score: .zero),
      TokenDefinition(text: "0", embedding: [:], score: -score),
      TokenDefinition(text: "1", embedding: [digit.dimensions[0]: 1], score: score),
      TokenDefinition(text: "2", embedding: [digit.dimensions[0]: 2], score: builder.one + score),
      TokenDefinition(text: "{", embedding: [:], score: .zero),
      TokenDefinition(text: "halt", embedding: [digit.dimensions[0]: 3], score: builder.one),
    ]
    return try builder.finish(tokens: tokens)
  }

  private func slot(_ name: String) throws -> Int {
    try layout.slot(named: name, in: graph)
  }

  @Test func embeddingHoldsInputsAndOneButNoPositions() throws {
    let (one, digit) = (try slot("one"), try slot("digit"))
    let expected = [[0, 0], [1, 0], [1, 1], [1, 2], [0, 0], [1, 3]] as [[Double]]
    for (token, values) in expected.enumerated() {
      var row = [Double](repeating: 0, count: model.modelWidth)
      row[one] = values[0]
      row[digit] = values[1]
      #expect(Array(model.embedding.row(token)) == row, "\(model.vocabulary[token])")
    }
    #expect(try (slot("position"), slot("inv_log_position"), slot("position_squared")) == (0, 1, 2))
    #expect(model.vocabulary == ["start", "0", "1", "2", "{", "halt"])
    #expect(model.stopToken == 5)
    #expect(model.metadata == ["origin": "test"])
  }

  @Test func headHoldsTheScores() throws {
    let (one, score) = (try slot("one"), try slot("score"))
    for (token, weights) in ([[0, 0], [0, -1], [0, 1], [1, 1], [0, 0], [1, 0]] as [[Double]]).enumerated() {
      #expect([model.head[token, one], model.head[token, score]] == weights)
      #expect(model.head.row(token).count { $0 != 0 } == weights.count { $0 != 0 })
    }
  }

  @Test func widthsAreThoseOfTheSchedule() {
    #expect(model.modelWidth == schedule.modelWidth)
    #expect(model.layers.count == schedule.layerCount)
    #expect(model.headCount == schedule.modelWidth / 2)
  }

  @Test func rolesAndTieRulesFollowTheLookups() {
    let roles = model.layers.flatMap(\.headRoles)
    #expect(roles.count { $0 == .gather } == 1)
    let averages = model.layers.flatMap { zip($0.headRoles, $0.tieRules).filter { $0.1 == .average } }
    #expect(averages.map(\.0) == [.lookup])
    for (layer, half) in zip(model.layers, stride(from: 0, to: layout.halves.count, by: 2)) {
      let work = layout.halves[half]
      #expect(layer.headRoles.count { $0 == .passthrough } == (work.carried.count + 1) / 2)
    }
  }

  @Test func leftOverHeadsAreZero() {
    for (layer, half) in zip(model.layers, stride(from: 0, to: layout.halves.count, by: 2)) {
      let used = layout.halves[half].headCount
      for head in used..<model.headCount {
        for row in [2 * head, 2 * head + 1] {
          for third in 0..<3 { #expect(layer.inProjection.row(third * model.modelWidth + row).allSatisfy { $0 == 0 }) }
          #expect((0..<model.modelWidth).allSatisfy { layer.outProjection[$0, row] == 0 })
        }
      }
    }
  }

  @Test func queriesAreHardByAPowerOfTwo() {
    for layer in model.layers {
      for row in 0..<model.modelWidth {
        for weight in layer.inProjection.row(row) where weight != 0 {
          #expect(abs(weight) >= 0x1p40 && weight / 0x1p40 == (weight / 0x1p40).rounded())
        }
      }
    }
  }

  @Test func eraseListsNameWhatIsEmptiedButNotWhatIsRefilled() {
    var erasures = 0
    for (half, work) in layout.halves.enumerated() {
      let layer = model.layers[half / 2]
      let erased = half % 2 == 0 ? layer.erasedAfterAttention : layer.erasedAfterFeedForward
      #expect(erased == work.erased.compactMap { layout.residences[$0.index]?.slot })
      #expect(Set(erased).isDisjoint(with: work.refilled.map(\.slot)))
      erasures += erased.count
    }
    #expect(erasures > 0)
    #expect(layout.halves.contains { !$0.refilled.isEmpty })
  }

  @Test func buildingAgainGivesTheSameBits() throws {
    let again = try TransformerModel(
      of: Self.makeGraph(), scheduled: schedule, firstTokens: ["{", "start"], stopToken: "halt",
      metadata: ["origin": "test"])
    #expect(again == model)
  }
}
