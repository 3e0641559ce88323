import Graph
import GraphFuzzing
import ProgramGenerator
import Scheduler
import Testing
import Transformer
import WeightConstruction

/// Large numbers beside small ones in one slot: nothing of the small ones may be lost.
struct ExactnessTests {
  /// A persist at the given place, and the model and layout of the graph around it.
  private struct Penalty {
    let graph: ComputationGraph
    let layout: Layout
    let model: TransformerModel

    /// height = −key − 10³⁰ · (one − flags), where everything but the key dies.
    init(flagCount: Int, phase: Phase) throws {
      var builder = GraphBuilder()
      let flags = (0..<flagCount).map { builder.input("flag\($0)") }
      let key = builder.input("key")
      let clear = flags.reduce(builder.one, -)
      let height = builder.persist(-key - GraphBuilder.penalty * clear, name: "height")
      // Token 0 is the first; the others are key 1 … 9 with no flag, then with each flag in turn.
      var tokens = [TokenDefinition(text: "first", embedding: [:], score: height + key)]
      for flag in -1..<flagCount {
        for number in 1...9 {
          var embedding = [key.dimensions[0]: Double(number)]
          if flag >= 0 { embedding[flags[flag].dimensions[0]] = 1 }
          tokens.append(TokenDefinition(text: "\(number)/\(flag)", embedding: embedding, score: .zero))
        }
      }
      graph = try builder.finish(tokens: tokens)
      let schedule = Schedule(
        placements: [Placement(layer: 0, phase: phase)], layerCount: 1, modelWidth: 8, reuse: .immediate)
      layout = try Layout(of: schedule, for: graph)
      model = try TransformerModel(of: graph, scheduled: schedule, firstTokens: ["first"], stopToken: "first")
    }
  }

  @Test(arguments: [Phase.persist1, .persist2], [1, 2])
  func aHeightMayTakeTheSlotOfItsOwnFlag(_ phase: Phase, _ flagCount: Int) throws {
    let penalty = try Penalty(flagCount: flagCount, phase: phase)
    let slot = try penalty.layout.slot(named: "height", in: penalty.graph)
    let refills = penalty.layout.halves.flatMap(\.refilled)
    let old = try #require(refills.first { $0.slot == slot }, "the case that this test is for").old
    #expect(penalty.graph.name(of: old).hasPrefix("flag"))
    var transformer = PlainTransformer(penalty.model)
    _ = transformer.boundaries(reading: 0)
    for token in 1..<penalty.model.vocabularySize {
      let key = Double((token - 1) % 9 + 1)
      let isHidden = token <= 9
      let found = transformer.boundaries(reading: token).last?[slot]
      #expect(found == (isHidden ? -1e30 : -key), "\(penalty.model.vocabulary[token])")
    }
  }

  /// The sums that cursor and depths are made of, far beyond where mean · position is always the integer.
  @Test func longSumsAreExact() throws {
    let seed: UInt64 = 20_001
    var builder = GraphBuilder()
    let (a, b) = (builder.input("a"), builder.input("b"))
    let sums = builder.cumulativeSums([a, b], names: ["sum_a", "sum_b"]).map(\.exact)
    let steps = [[0, 0], [1, -1], [3, 0], [-2, 100], [0, -77]] as [[Double]]
    let tokens = steps.enumerated().map { number, step in
      TokenDefinition(
        text: "\(number)", embedding: [a.dimensions[0]: step[0], b.dimensions[0]: step[1]], score: sums[0] + sums[1])
    }
    let graph = try builder.finish(tokens: tokens)
    var random = RandomSource(seed: seed)
    let schedule = try Schedule.random(for: graph, reuse: .immediate, spareWidth: 0, using: &random)
    let layout = try Layout(of: schedule, for: graph)
    let slots = try ["sum_a", "sum_b"].map { try layout.slot(named: $0, in: graph) }
    let model = try TransformerModel(of: graph, scheduled: schedule, firstTokens: ["0"], stopToken: "0")
    var transformer = PlainTransformer(model)
    var expected = [0.0, 0.0]
    for position in 0..<3000 {
      let token = position == 0 ? 0 : random.number(in: 1...steps.count - 1)
      expected = zip(expected, steps[token]).map { $0 + $1 }
      let stream = transformer.boundaries(reading: token).last ?? []
      #expect(slots.map { stream[$0] } == expected, "seed \(seed), position \(position)")
    }
  }

  @Test func everyRowOfATableComesOut() throws {
    let columns = [[3, 0, -7, 100], [0, 0, 0, 0], [-1, -1, -1, -1]] as [[Double]]
    var builder = GraphBuilder()
    let index = builder.input("index")
    let outputs = builder.table(columns, index: index, name: "table")
    let tokens = (-2...6).map { number in
      TokenDefinition(
        text: "\(number)", embedding: [index.dimensions[0]: Double(number)], score: outputs.reduce(.zero, +))
    }
    let first = TokenDefinition(text: "first", embedding: [:], score: .zero)
    let graph = try builder.finish(tokens: [first] + tokens)
    let schedule = Schedule(
      placements: [Placement(layer: 0, phase: .feedForward)], layerCount: 1, modelWidth: 8, reuse: .immediate)
    let layout = try Layout(of: schedule, for: graph)
    let model = try TransformerModel(of: graph, scheduled: schedule, firstTokens: ["first"], stopToken: "first")
    let slots = try (0..<3).map { try layout.slot(named: "table.\($0)", in: graph) }
    var transformer = PlainTransformer(model)
    #expect(slots.map { transformer.boundaries(reading: 0)[2][$0] } == [0, 0, 0])
    for (token, number) in (-2...6).enumerated() {
      let stream = transformer.boundaries(reading: token + 1)[2]
      #expect(slots.map { stream[$0] } == columns.map { $0[min(max(number, 0), 3)] }, "row \(number)")
    }
  }
}
