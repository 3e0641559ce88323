import Graph

/// The search for a schedule by a solver of mixed-integer programs, under supervision.
struct SolverSearch {
  /// Seconds beyond its limit after which a solver is left behind.
  private static let patience = 1.5

  let dependencies: Dependencies
  let options: SchedulingOptions
  let solver: any ProgramSolver
  let windows: Windows
  /// No schedule within the windows is narrower.
  let bound: Int
  /// Where the solver starts from, if there is anything.
  let start: Schedule?
  let clock: SearchClock

  /// What the search came to.
  struct Finding: Sendable {
    let schedule: Schedule
    /// No schedule within the limits is narrower.
    let bound: Int
  }

  /// The solver's news: how far it is and, when it is better than before, what it has.
  private struct Report: Sendable {
    let progress: ScheduleProgress
    let schedule: Schedule?
  }

  /// The narrowest schedule, or the best in the time.
  ///
  /// - Throws: ``ScheduleError`` when the solver fails, or has found nothing and there was no start either.
  func run(_ progress: (ScheduleProgress) -> Void) throws(ScheduleError) -> Finding {
    var best = start
    var proved = bound
    let work = SupervisedWork<Report, Result<Finding, ScheduleError>> { [self] report in
      Result { () throws(ScheduleError) in try solve { report($0) } }
    }
    let result = work.output(within: clock.secondsLeft + Self.patience) { report in
      if let schedule = report.schedule, schedule.modelWidth < best?.modelWidth ?? .max { best = schedule }
      proved = max(proved, report.progress.bound ?? 0)
      progress(report.progress)
    }
    do {
      if let result { return try result.get() }
    } catch {
      // A solver that had no time to find anything leaves what it was to start from.
      guard case .noSolution = error.kind, best != nil else { throw error }
    }
    guard let best else { throw ScheduleError(.noSolution(solver: options.solver.rawValue, seconds: clock.limit)) }
    return Finding(schedule: best, bound: min(proved, best.modelWidth))
  }

  private func solve(_ report: (Report) -> Void) throws(ScheduleError) -> Finding {
    let model = ScheduleModel(
      dependencies, windows: windows, largestFeedForward: options.maxFeedForward, leastHalfWidth: bound / 2,
      mostHalfWidth: (start?.modelWidth ?? Schedule.widthForAll(dependencies)) / 2)
    let before = clock.seconds
    let found = try solver.solve(
      model.program, start: start.flatMap(model.values), timeLimit: max(0.1, clock.secondsLeft), seed: options.seed
    ) { progress, values in
      let schedule = values.flatMap { try? model.schedule(from: $0) }
      let shown = ScheduleProgress(
        best: progress.best ?? start?.modelWidth, bound: max(bound, progress.bound ?? bound),
        seconds: before + progress.seconds)
      report(Report(progress: shown, schedule: schedule))
    }
    let schedule = try model.schedule(from: found.values)
    let proved = ScheduleProgress(halfWidth: 0, halfBound: found.bound, seconds: 0).bound ?? bound
    return Finding(schedule: schedule, bound: found.isOptimal ? schedule.modelWidth : max(bound, proved))
  }
}
