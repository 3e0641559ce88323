import Graph
import Scheduler
import TestSupport
import Testing

/// Schedules of random graphs, carried out slot by slot and written as plans.
struct RandomGraphTests {
  private static let seeds: [UInt64] = Array(1...25)

  private static func graph(_ seed: UInt64) throws -> ComputationGraph {
    try RandomGraphs.graph(seed: seed, operations: 20 + Int(seed) % 5 * 20, inputs: 3 + Int(seed) % 4)
  }

  private static func solution(
    _ graph: ComputationGraph, _ reuse: ReuseRule, maxFeedForward: Int? = nil
  ) throws -> ScheduleSolution {
    var options = SchedulingOptions(solver: .list, reuse: reuse, maxFeedForward: maxFeedForward)
    options.rounds = 1
    return try ScheduleSearch(for: graph, options: options).run()
  }

  @Test(arguments: ReuseRule.allCases)
  func everySlotHoldsWhatIsReadFromIt(reuse: ReuseRule) throws {
    for seed in Self.seeds {
      let graph = try Self.graph(seed)
      let layout = try Self.solution(graph, reuse).layout
      let dependencies = Dependencies(of: graph, reuse: reuse)
      #expect(throws: Never.self, "seed \(seed)") {
        try StreamSimulation.check(StreamPlan(layout), schedule: layout.schedule, dependencies)
      }
      let width = layout.schedule.modelWidth
      #expect(layout.residences.allSatisfy { ($0?.slot ?? 0) < width }, "seed \(seed)")
      #expect(layout.largestHeadCount <= layout.schedule.headCount, "seed \(seed)")
      if reuse == .delayed { #expect(layout.halves.allSatisfy { $0.refilled.isEmpty }, "seed \(seed)") }
    }
  }

  @Test(arguments: ReuseRule.allCases)
  func everyScheduleSolvesTheProgram(reuse: ReuseRule) throws {
    for seed in Self.seeds {
      let graph = try Self.graph(seed)
      let dependencies = Dependencies(of: graph, reuse: reuse)
      let schedule = try Self.solution(graph, reuse).schedule
      for spare in 0...1 {
        let windows = try Windows(dependencies, layerCount: schedule.layerCount + spare)
        let model = ScheduleModel(
          dependencies, windows: windows, largestFeedForward: nil, leastHalfWidth: 2, mostHalfWidth: 1000)
        let values = try #require(model.values(of: schedule), "seed \(seed)")
        #expect(model.program.firstBroken(by: values) == nil, "seed \(seed), \(spare) layers to spare")
        let again = try model.schedule(from: values)
        #expect(again == schedule, "seed \(seed)")
      }
    }
  }

  @Test func plansAreReadBack() throws {
    for seed in Self.seeds {
      let graph = try Self.graph(seed)
      for reuse in ReuseRule.allCases {
        let plan = Plan(try Self.solution(graph, reuse), for: graph)
        #expect(try Plan(text: plan.text, file: "plan", for: graph) == plan, "seed \(seed), \(reuse)")
      }
    }
  }

  @Test func theSameSeedGivesTheSameSchedule() throws {
    for seed in Self.seeds.prefix(5) {
      let graph = try Self.graph(seed)
      let first = try Self.solution(graph, .immediate).schedule
      let second = try Self.solution(graph, .immediate).schedule
      #expect(first == second, "seed \(seed)")
      #expect(first.fingerprint == second.fingerprint)
    }
  }

  @Test func neuronsAreCapped() throws {
    for seed in Self.seeds.prefix(LongTests.areWanted ? 10 : 4) {
      let graph = try Self.graph(seed)
      let free = try Self.solution(graph, .immediate).layout.feedForwardWidth
      let most = free * 3 / 4
      do {
        let layout = try Self.solution(graph, .immediate, maxFeedForward: most).layout
        #expect(layout.feedForwardWidth <= most, "seed \(seed)")
      } catch let error as ScheduleError {
        // A cap can be below what the windows allow; then that is said.
        guard case .feedForwardWidth(_, let needed, most) = error.kind, needed > most else { throw error }
      }
    }
  }

  @Test func improvementsAreReportedInOrder() throws {
    let graph = try Self.graph(3)
    var reports: [ScheduleProgress] = []
    var options = SchedulingOptions(solver: .list)
    options.rounds = 5
    let solution = try ScheduleSearch(for: graph, options: options).run { reports.append($0) }
    let widths = reports.compactMap(\.best)
    #expect(zip(widths, widths.dropFirst()).allSatisfy { $0 > $1 })
    #expect(widths.last == solution.schedule.modelWidth)
    #expect(reports.allSatisfy { ($0.bound ?? 0) <= solution.schedule.modelWidth && ($0.gap ?? -1) >= 0 })
  }
}
