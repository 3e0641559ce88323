import Foundation
import Graph
import Machine
import Scheduler
import Testing

/// The graph that schedulers are for.
struct UniversalMachineTests {
  /// With few annealings, which are all that the tests wait for.
  private static func solution(
    _ solver: ScheduleSolver, reuse: ReuseRule, maxLayers: Int? = 7, seconds: Double = 60
  ) throws -> ScheduleSolution {
    let graph = try MachineGraph.universal().graph
    var options = SchedulingOptions(solver: solver, reuse: reuse, maxLayers: maxLayers, timeLimit: seconds)
    options.rounds = 5
    return try ScheduleSearch(for: graph, options: options).run()
  }

  /// The widths that are to be reached, by the rule of reuse; what is proved today is narrower.
  private static let widths: [(reuse: ReuseRule, most: Int)] = [(.immediate, 28), (.delayed, 38)]

  private static func prove(_ solver: ScheduleSolver) throws {
    for (reuse, most) in widths {
      let solution = try solution(solver, reuse: reuse)
      #expect(solution.status == .optimal && solution.seconds < 60, "\(reuse): \(solution.planStatus)")
      #expect(solution.schedule.modelWidth <= most, "\(reuse)")
    }
  }

  @Test(.enabled(if: Solvers.hasHighs, Comment(rawValue: Solvers.noHighs)))
  func highsProvesTheWidth() throws { try Self.prove(.highs) }

  @Test(.enabled(if: Solvers.hasCbc, Comment(rawValue: Solvers.noCbc)))
  func cbcProvesTheWidth() throws { try Self.prove(.cbc) }

  /// Also when it has no time: then everything is as early as it can be.
  @Test(arguments: [0, 60], ReuseRule.allCases)
  func theListSchedulerAlwaysFindsAValidSchedule(seconds: Double, reuse: ReuseRule) throws {
    let graph = try MachineGraph.universal().graph
    let dependencies = Dependencies(of: graph, reuse: reuse)
    for layers in [nil, 7, 20] where seconds == 0 || layers == 7 {
      let solution = try Self.solution(.list, reuse: reuse, maxLayers: layers, seconds: seconds)
      let layout = try Layout(of: solution.schedule, for: graph)
      #expect(layout == solution.layout)
      #expect(throws: Never.self) {
        try StreamSimulation.check(StreamPlan(layout), schedule: layout.schedule, dependencies)
      }
      let plan = Plan(solution, for: graph)
      #expect(try Plan(text: plan.text, file: "plan", for: graph) == plan)
    }
  }

  /// More layers than anybody needs make the program large; the limit holds nevertheless, and the plan says that it was hit.
  @Test(arguments: ScheduleSolver.allCases)
  func theTimeLimitHolds(solver: ScheduleSolver) throws {
    guard (try? solver.locate()) != nil else { return }
    let limit = 1.0
    let begin = Date()
    let graph = try MachineGraph.universal().graph
    let options = SchedulingOptions(solver: solver, maxLayers: 20, timeLimit: limit)
    let solution = try ScheduleSearch(for: graph, options: options).run()
    #expect(Date().timeIntervalSince(begin) < limit + 5)
    #expect(solution.isTimeLimitReached && solution.planStatus.description.contains("time limit reached"))
  }
}
