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

  public init(for graph: ComputationGraph, options: SchedulingOptions = SchedulingOptions()) {
    dependencies = Dependencies(of: graph, reuse: options.reuse)
    self.options = options
  }

  /// Finds a schedule.
  ///
  /// - Parameter progress: called on this thread with every better schedule, and now and then in between.
  /// - Throws: ``ScheduleError`` when the graph does not fit the limits, the solver is missing or it finds nothing.
  public func run(progress: @escaping (ScheduleProgress) -> Void = { _ in }) throws(ScheduleError) -> ScheduleSolution {
    let clock = SearchClock(limit: options.timeLimit)
    let solver = try options.solver.programSolver(environment: ProcessInfo.processInfo.environment)
    let leastLayers = try Windows.leastLayerCount(dependencies)
    let windows = try Windows(dependencies, layerCount: options.maxLayers ?? max(7, leastLayers))
    let bound = WidthBound(dependencies, windows: windows).width
    let isListOnly = solver == nil
    let listed = try? list(
      windows, bound: bound, rounds: isListOnly ? options.rounds : min(3, options.rounds), clock: clock, progress)
    guard let solver else {
      guard let listed else { throw ScheduleError(.noSolution(solver: "list", seconds: clock.limit)) }
      let isOptimal = listed.modelWidth <= bound
      return ScheduleSolution(
        layout: try Layout(of: listed, dependencies), status: isOptimal ? .optimal : .feasible(bound: bound),
        solver: "list", seconds: clock.seconds)
    }
    return try solve(solver, windows, bound: bound, start: listed, clock: clock, progress)
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

  private func solve(
    _ solver: any ProgramSolver, _ windows: Windows, bound: Int, start: Schedule?, clock: SearchClock,
    _ progress: @escaping (ScheduleProgress) -> Void
  ) throws(ScheduleError) -> ScheduleSolution {
    let widest = start?.modelWidth ?? Schedule.widthForAll(dependencies)
    let model = ScheduleModel(
      dependencies, windows: windows, largestFeedForward: options.maxFeedForward, leastHalfWidth: bound / 2,
      mostHalfWidth: widest / 2)
    let before = clock.seconds
    let found = try solver.solve(
      model.program, start: start.flatMap(model.values), timeLimit: max(0.1, clock.secondsLeft), seed: options.seed
    ) {
      let best = $0.best ?? start?.modelWidth
      progress(ScheduleProgress(best: best, bound: max(bound, $0.bound ?? bound), seconds: before + $0.seconds))
    }
    let layout = try Layout(of: model.schedule(from: found.values), dependencies)
    if let most = options.maxFeedForward { try layout.checkFeedForward(atMost: most) }
    let proved = ScheduleProgress(halfWidth: 0, halfBound: found.bound, seconds: 0).bound ?? bound
    let width = layout.schedule.modelWidth
    let isOptimal = found.isOptimal || width <= max(bound, proved)
    progress(
      ScheduleProgress(best: width, bound: isOptimal ? width : max(bound, proved), seconds: clock.seconds))
    return ScheduleSolution(
      layout: layout, status: isOptimal ? .optimal : .feasible(bound: max(bound, proved)), solver: solver.name,
      seconds: clock.seconds)
  }
}
