import Graph
import GraphFuzzing
import ProgramGenerator
import Scheduler
import TestSupport
import Testing
import Transformer
import WeightConstruction

/// Random graphs through evaluator, schedule and transformer: the same values, the same tokens.
struct RandomGraphTests {
  private static let firstSeed: UInt64 = 20_000
  private static let graphCount: UInt64 = 200
  private static let steps = 60

  private func graph(seed: UInt64, operations: ClosedRange<Int> = 20...95) throws -> ComputationGraph {
    try GraphRecipe(seed: seed, operations: operations).graph()
  }

  private func tokens(of graph: ComputationGraph, seed: UInt64) -> [Int] {
    var random = RandomSource(seed: ~seed)
    return (0..<Self.steps).map { $0 == 0 ? 0 : random.number(in: 1...graph.tokens.count - 1) }
  }

  /// Compares everything that can be compared on one graph and schedule.
  private func firstDifference(_ graph: ComputationGraph, _ schedule: Schedule, seed: UInt64) throws -> String? {
    let model = try GraphTrial.weights(of: graph, schedule)
    let tokens = tokens(of: graph, seed: seed)
    let stream = try StreamComparison(graph, schedule, model)
    if let difference = try stream.firstDifference(reading: tokens) { return "\(difference)" }
    var engines = EngineComparison(graph, model, includingReference: seed % 4 == 0)
    return try engines.firstDifference(reading: tokens, freeSteps: 20)?.description
  }

  @Test func graphsAreWhatTheTestsNeed() throws {
    var kinds: Set<String> = []
    for seed in Self.firstSeed..<Self.firstSeed + Self.graphCount {
      let graph = try graph(seed: seed)
      #expect((20...120).contains(graph.operations.count), "seed \(seed)")
      #expect(try earliest(graph, .immediate).layerCount >= 3, "seed \(seed)")
      for lookup in graph.lookups { kinds.insert("\(lookup.rule) lookup of \(lookup.values.count)") }
      if !graph.tables.isEmpty { kinds.insert("table") }
      for node in graph.nodes {
        if case .reglu = node.definition { kinds.insert("reglu") }
        if case .persist(let sum) = node.definition, sum.terms.contains(where: \.isLarge) { kinds.insert("large") }
      }
    }
    #expect(kinds.count == 7, "\(kinds.sorted())")
  }

  /// The runs that the tests below compare do meet ties, misses and hidden keys, and not in a few graphs only.
  @Test func runsMeetTiesMissesAndClearedKeys() throws {
    var graphsWith = (ties: 0, misses: 0, clearedKeys: 0)
    for seed in Self.firstSeed..<Self.firstSeed + Self.graphCount {
      let graph = try graph(seed: seed)
      let census = try LookupCensus.count(in: graph, reading: tokens(of: graph, seed: seed))
      if census.ties > 0 { graphsWith.ties += 1 }
      if census.misses > 0 { graphsWith.misses += 1 }
      if census.clearedKeys > 0 { graphsWith.clearedKeys += 1 }
    }
    #expect(graphsWith.ties >= 150 && graphsWith.misses >= 100 && graphsWith.clearedKeys >= 100, "\(graphsWith)")
  }

  /// Every operation as early as it can run.
  private func earliest(_ graph: ComputationGraph, _ reuse: ReuseRule) throws -> Schedule {
    try ScheduleSearch(for: graph, options: SchedulingOptions(solver: .list, reuse: reuse, timeLimit: 0)).run().schedule
  }

  /// Schedules as random as the graphs, and those of the list scheduler, in turn.
  @Test(arguments: ReuseRule.allCases)
  func schedulesKeepTheGraphsValues(_ reuse: ReuseRule) throws {
    for seed in Self.firstSeed..<Self.firstSeed + (LongTests.areWanted ? Self.graphCount : 80) {
      var random = RandomSource(seed: seed)
      let graph = try graph(seed: seed)
      let schedule =
        (seed % 2 == 0) == (reuse == .delayed)
        ? try earliest(graph, reuse)
        : try Schedule.random(
          for: graph, reuse: reuse, spareWidth: 2 * random.number(in: 0...2), using: &random)
      let difference = try firstDifference(graph, schedule, seed: seed)
      #expect(difference == nil, "seed \(seed), \(reuse): \(difference ?? "")")
    }
  }

  /// Searched schedules leave no slot idle, so that most of them change hands at once.
  @Test(arguments: ReuseRule.allCases, [ScheduleSolver.list, .highs].filter(isPresent))
  func narrowSchedulesKeepTheGraphsValues(_ reuse: ReuseRule, _ solver: ScheduleSolver) throws {
    for seed in Self.firstSeed..<Self.firstSeed + 2 {
      let graph = try graph(seed: seed, operations: 20...30)
      let options = SchedulingOptions(solver: solver, reuse: reuse, timeLimit: 2)
      let schedule = try ScheduleSearch(for: graph, options: options).run().schedule
      let difference = try firstDifference(graph, schedule, seed: seed)
      #expect(difference == nil, "seed \(seed), \(reuse), \(solver): \(difference ?? "")")
    }
  }

  /// Whether the solver can be found on this machine.
  private static func isPresent(_ solver: ScheduleSolver) -> Bool {
    do {
      let graph = try GraphBuilder().finish(tokens: [TokenDefinition(text: "t", embedding: [:], score: .zero)])
      _ = try ScheduleSearch(for: graph, options: SchedulingOptions(solver: solver)).run()
      return true
    } catch {
      return false
    }
  }
}
