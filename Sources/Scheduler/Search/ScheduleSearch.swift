import Foundation
public import Graph

/// The search for the narrowest schedule of a graph.
///
/// ```swift
/// let solution = try ScheduleSearch(for: graph, options: SchedulingOptions(solver: .list)).run()
/// print(solution.schedule.modelWidth, solution.status)
/// ```
public struct ScheduleSearch: Sendable {
  private let dependencies: Dependencies
  private let options: SchedulingOptions

  /// Where solvers are looked for.
  private let environment: [String: String]

  public init(for graph: ComputationGraph, options: SchedulingOptions = SchedulingOptions()) {
    self.init(for: graph, options: options, environment: ProcessInfo.processInfo.environment)
  }

  /// As above, with the variables by which solvers are found taken from `environment`.
  package init(for graph: ComputationGraph, options: SchedulingOptions, environment: [String: String]) {
    dependencies = Dependencies(of: graph, reuse: options.reuse)
    self.options = options
    self.environment = environment
  }

  /// Finds a schedule.
  ///
  /// - Parameter progress: called on this thread with every better schedule, and now and then in between.
  /// - Throws: ``ScheduleError`` when the graph does not fit the limits, the solver is missing or it finds nothing.
  public func run(progress: @escaping (ScheduleProgress) -> Void = { _ in }) throws(ScheduleError) -> ScheduleSolution {
    let clock = SearchClock(limit: options.timeLimit)
    let solver = try options.solver.programSolver(environment: environment)
    try checkNeurons()
    let leastLayers = try Windows.leastLayerCount(dependencies)
    let layerCount = options.maxLayers ?? max(7, leastLayers)
    if let solver { return try run(solver, layerCount: layerCount, clock: clock, progress) }
    // A cap on neurons can need more layers than the longest path; without a limit on layers, some more are tried.
    let most = options.maxLayers == nil && options.maxFeedForward != nil ? layerCount + 8 : layerCount
    for count in layerCount..<most {
      if let solution = try? runList(layerCount: count, clock: clock, progress) { return solution }
    }
    return try runList(layerCount: most, clock: clock, progress)
  }

  /// All rows of a table are in one layer: no number of layers makes it fit under a lower cap.
  private func checkNeurons() throws(ScheduleError) {
    guard let allowed = options.maxFeedForward else { return }
    for (number, operation) in dependencies.operations.enumerated() {
      let needed = dependencies.neuronCount(of: number)
      if needed > allowed {
        throw ScheduleError(.neurons(operation: operation.name, needed: needed, allowed: allowed))
      }
    }
  }

  private func runList(
    layerCount: Int, clock: SearchClock, _ progress: (ScheduleProgress) -> Void
  ) throws(ScheduleError) -> ScheduleSolution {
    let windows = try Windows(dependencies, layerCount: layerCount)
    let bound = WidthBound(dependencies, windows: windows).width
    let found = try list(windows, bound: bound, rounds: options.rounds, clock: clock, progress)
    return try solution(found, bound: bound, solver: "list", clock: clock)
  }

  private func run(
    _ solver: any ProgramSolver, layerCount: Int, clock: SearchClock, _ progress: @escaping (ScheduleProgress) -> Void
  ) throws(ScheduleError) -> ScheduleSolution {
    let windows = try Windows(dependencies, layerCount: layerCount)
    let bound = WidthBound(dependencies, windows: windows).width
    let listed = try? list(windows, bound: bound, rounds: min(3, options.rounds), clock: clock, progress)
    let search = SolverSearch(
      dependencies: dependencies, options: options, solver: solver, windows: windows, bound: bound, start: listed,
      clock: clock)
    let found = try search.run(progress)
    progress(ScheduleProgress(best: found.schedule.modelWidth, bound: found.bound, seconds: clock.seconds))
    return try solution(found.schedule, bound: found.bound, solver: solver.name, clock: clock)
  }

  private func solution(
    _ schedule: Schedule, bound: Int, solver: String, clock: SearchClock
  ) throws(ScheduleError) -> ScheduleSolution {
    let isOptimal = schedule.modelWidth <= bound
    return ScheduleSolution(
      layout: try Layout(of: schedule, dependencies), status: isOptimal ? .optimal : .feasible(bound: bound),
      isTimeLimitReached: !isOptimal && (clock.secondsLeft <= 0 || options.solver != .list), solver: solver,
      seconds: clock.seconds)
  }

  private func list(
    _ windows: Windows, bound: Int, rounds: Int, clock: SearchClock, _ progress: (ScheduleProgress) -> Void
  ) throws(ScheduleError) -> Schedule {
    let scheduler = ListScheduler(dependencies, windows: windows, largestFeedForward: options.maxFeedForward)
    return try scheduler.schedule(
      seed: UInt64(truncatingIfNeeded: options.seed), rounds: rounds, leastWidth: bound,
      isLate: { clock.secondsLeft <= 0 },
      improved: { progress(ScheduleProgress(best: $0.modelWidth, bound: bound, seconds: clock.seconds)) })
  }
}
