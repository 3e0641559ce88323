import Foundation

/// HiGHS, through its C interface.
struct HighsSolver: ProgramSolver {
  private let library: HighsLibrary

  /// - Throws: ``ScheduleError`` of kind `solverNotFound` when there is no HiGHS on this machine.
  init(environment: [String: String]) throws(ScheduleError) {
    library = try HighsLibrary.load(environment: environment)
  }

  var name: String {
    "highs " + (library.version().map { String(cString: $0) } ?? "of unknown version")
  }

  func solve(
    _ program: MixedIntegerProgram, start: [Double]?, timeLimit: Double, seed: Int,
    progress: (ScheduleProgress, [Double]?) -> Void
  ) throws(ScheduleError) -> ProgramSolution {
    guard let model = library.create() else { throw failure("creates no model") }
    defer { library.destroy(model) }
    guard library.sizeOfInteger(model) == 4 else { throw failure("is built with 64-bit integers; 32-bit is expected") }
    try setOptions(of: model, timeLimit: timeLimit, seed: seed)
    guard pass(program, to: model) else { throw failure("refuses the program") }
    if let start, start.count == program.columns.count {
      // A start that HiGHS does not take costs time, not correctness.
      _ = library.setSolution(model, start, nil, nil, nil)
    }
    let status = withoutActuallyEscaping(progress) { progress in
      let listener = HighsListener(
        callbackItem: library.callbackItem, columnCount: program.columns.count,
        deadline: Date(timeIntervalSinceNow: timeLimit), progress: progress)
      _ = library.setCallback(model, HighsListener.callback, Unmanaged.passUnretained(listener).toOpaque())
      for kind in HighsListener.Kind.allCases { _ = library.startCallback(model, kind.rawValue) }
      return withExtendedLifetime(listener) { library.run(model) }
    }
    // 0 is well, 1 a warning (the time limit is one), −1 an error.
    guard status >= 0 else { throw failure("fails with status \(status)") }
    return try solution(of: model, columnCount: program.columns.count, timeLimit: timeLimit)
  }

  private func setOptions(of model: HighsLibrary.Handle, timeLimit: Double, seed: Int) throws(ScheduleError) {
    let results = [
      library.setBool(model, "output_flag", 0),
      library.setInteger(model, "random_seed", Int32(truncatingIfNeeded: seed & 0x7fff_ffff)),
      library.setText(model, "parallel", "off"),
      library.setDouble(model, "time_limit", timeLimit),
      library.setDouble(model, "mip_rel_gap", 0),
      // The objective is a whole number: a bound above n − 1 proves n.
      library.setDouble(model, "mip_abs_gap", 0.99),
    ]
    if results.contains(where: { $0 < 0 }) { throw failure("refuses an option") }
  }

  private func pass(_ program: MixedIntegerProgram, to model: HighsLibrary.Handle) -> Bool {
    let rowWise: Int32 = 2
    let minimise: Int32 = 1
    let status = library.passProgram(
      model, Int32(program.columns.count), Int32(program.rowCount), Int32(program.terms.count), rowWise, minimise, 0,
      program.columns.map(\.cost), program.columns.map(\.lower), program.columns.map(\.upper), program.rowLower,
      program.rowUpper, program.rowStarts.dropLast().map { Int32($0) }, program.terms.map { Int32($0.column) },
      program.terms.map(\.coefficient), program.columns.map { $0.isInteger ? 1 : 0 })
    return status >= 0
  }

  private func solution(
    of model: HighsLibrary.Handle, columnCount: Int, timeLimit: Double
  ) throws(ScheduleError) -> ProgramSolution {
    let optimal: Int32 = 7
    let infeasible: Int32 = 8
    let feasible: Int32 = 2
    var kind: Int32 = 0
    _ = library.integerInformation(model, "primal_solution_status", &kind)
    let status = library.modelStatus(model)
    guard kind == feasible else {
      if status == infeasible { throw ScheduleError(.impossibleLimits(solver: "highs")) }
      throw ScheduleError(.noSolution(solver: "highs", seconds: timeLimit))
    }
    var values = [Double](repeating: 0, count: columnCount)
    guard library.solution(model, &values, nil, nil, nil) >= 0 else { throw failure("gives no solution") }
    var bound = -Double.infinity
    _ = library.doubleInformation(model, "mip_dual_bound", &bound)
    return ProgramSolution(values: values, bound: bound, isOptimal: status == optimal)
  }

  private func failure(_ message: String) -> ScheduleError {
    ScheduleError(.solverFailed(solver: "highs", message: message))
  }
}
