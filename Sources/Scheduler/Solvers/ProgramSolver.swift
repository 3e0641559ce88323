/// Something that finds the best solution of a mixed-integer program.
protocol ProgramSolver: Sendable {
  /// Name and version, as plans show it.
  var name: String { get }

  /// Solves the program, for at most the given number of seconds.
  ///
  /// - Parameters:
  ///   - start: the columns of a known solution.
  ///   - seed: of the solver's random choices, so that the same program gives the same solution again.
  ///   - progress: called now and then, on the calling thread; with the columns of a better solution when there is one.
  /// - Throws: ``ScheduleError`` of kind `solverFailed` or `noSolution`.
  func solve(
    _ program: MixedIntegerProgram, start: [Double]?, timeLimit: Double, seed: Int,
    progress: (ScheduleProgress, [Double]?) -> Void
  ) throws(ScheduleError) -> ProgramSolution
}

/// What a solver found.
struct ProgramSolution {
  /// The value of each column.
  let values: [Double]
  /// No solution has an objective below this.
  let bound: Double
  /// Whether the objective of `values` is proved to be the least.
  let isOptimal: Bool
}
