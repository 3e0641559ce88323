import Graph
import Scheduler
import Testing

/// Solvers against trying every placement.
struct OptimumTests {
  private static let cases: [(seed: UInt64, reuse: ReuseRule)] = (1...16).flatMap { seed in
    ReuseRule.allCases.map { (UInt64(seed), $0) }
  }

  private static func graph(_ seed: UInt64) throws -> ComputationGraph {
    try RandomGraphs.graph(seed: seed, operations: 4, inputs: 2)
  }

  private static func check(_ solver: ScheduleSolver, exact: Bool) throws {
    for (seed, reuse) in cases {
      let graph = try graph(seed)
      guard graph.operations.count <= 6 else { continue }
      let dependencies = Dependencies(of: graph, reuse: reuse)
      let layers = max(2, try Windows.leastLayerCount(dependencies))
      let best = try #require(WidthOracle(graph, reuse: reuse, layerCount: layers).best())
      var options = SchedulingOptions(solver: solver, reuse: reuse, maxLayers: layers)
      options.rounds = 10
      let solution = try ScheduleSearch(for: graph, options: options).run()
      let width = solution.schedule.modelWidth
      if exact {
        #expect(width == best, "seed \(seed), \(reuse)")
        #expect(solution.status == .optimal, "seed \(seed), \(reuse)")
      } else {
        #expect(width >= best && width <= best + 2, "seed \(seed), \(reuse): \(width), best \(best)")
      }
    }
  }

  @Test func theListSchedulerComesClose() throws { try Self.check(.list, exact: false) }

  @Test(.enabled(if: Solvers.hasHighs, Comment(rawValue: Solvers.noHighs)))
  func highsFindsTheOptimum() throws { try Self.check(.highs, exact: true) }

  @Test(.enabled(if: Solvers.hasCbc, Comment(rawValue: Solvers.noCbc)))
  func cbcFindsTheOptimum() throws { try Self.check(.cbc, exact: true) }

  /// Two chains swap slots in place when they may; otherwise one waits for the other, which costs a slot.
  @Test(arguments: [(ReuseRule.immediate, 6), (.delayed, 8)])
  func knownOptima(reuse: ReuseRule, width: Int) throws {
    let graph = try TestGraphs.chains(count: 2, length: 2)
    #expect(WidthOracle(graph, reuse: reuse, layerCount: 1).best() == width)
    let options = SchedulingOptions(solver: .list, reuse: reuse, maxLayers: 1)
    #expect(try ScheduleSearch(for: graph, options: options).run().schedule.modelWidth == width)
  }

  /// The oracle agrees with the layout on the width of every placement that the list scheduler finds.
  @Test func theOracleAgreesOnWidths() throws {
    for seed in 100..<140 {
      let graph = try RandomGraphs.graph(seed: UInt64(seed), operations: 20, inputs: 4)
      for reuse in ReuseRule.allCases {
        let schedule = try ScheduleSearch(
          for: graph, options: SchedulingOptions(solver: .list, reuse: reuse, timeLimit: 0)
        )
        .run().schedule
        let oracle = WidthOracle(graph, reuse: reuse, layerCount: schedule.layerCount)
        #expect(oracle.width(schedule.placements.map(\.half)) == schedule.modelWidth, "seed \(seed), \(reuse)")
      }
    }
  }
}
