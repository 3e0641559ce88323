import Foundation

/// CBC, as a program of its own that reads and writes files.
struct CbcSolver: ProgramSolver {
  let name = "cbc"
  private let executable: String

  /// Finds the program: by the variable TVM_CBC (a file) and nowhere else when that is set, otherwise on the PATH and in
  /// the folders of Homebrew.
  ///
  /// - Throws: ``ScheduleError`` of kind `solverNotFound` with what was tried.
  init(environment: [String: String]) throws(ScheduleError) {
    let candidates =
      environment.named("TVM_CBC").map { [$0] } ?? [
        "cbc", "/opt/homebrew/bin/cbc", "/usr/local/bin/cbc", "/usr/bin/cbc",
      ]
    let found = candidates.lazy.compactMap { CommandRun.find($0, environment: environment) }.first
    guard let found else { throw ScheduleError(.solverNotFound(solver: "cbc", tried: candidates)) }
    executable = found
  }

  func solve(
    _ program: MixedIntegerProgram, start: [Double]?, timeLimit: Double, seed: Int,
    progress: (ScheduleProgress, [Double]?) -> Void
  ) throws(ScheduleError) -> ProgramSolution {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("tvm-cbc-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data(program.lpFormat.utf8).write(to: folder.appendingPathComponent("program.lp"))
      if let start {
        let text = CbcSolution.text(of: start, for: program)
        try Data(text.utf8).write(to: folder.appendingPathComponent("start.sol"))
      }
    } catch {
      throw failure("cannot be given its input in \(folder.path)")
    }
    let solutionFile = folder.appendingPathComponent("solution.sol")
    var log = CbcLog(start: Date())
    let hasRun = CommandRun.run(
      executable, arguments(folder.path, hasStart: start != nil, timeLimit: timeLimit, seed: seed),
      timeLimit: timeLimit,
      forEachLine: { line in log.read(line, progress: progress) })
    let isLate = Date().timeIntervalSince(log.start) >= timeLimit
    guard isLate || hasRun == 0 else { throw failure("cannot be run or fails: \(executable)") }
    guard let text = try? String(contentsOf: solutionFile, encoding: .utf8) else {
      throw isLate ? ScheduleError(.noSolution(solver: "cbc", seconds: timeLimit)) : failure("writes no solution")
    }
    guard let solution = CbcSolution(text, columnCount: program.columns.count) else {
      if CbcSolution.isInfeasible(text) { throw ScheduleError(.impossibleLimits(solver: "cbc")) }
      throw ScheduleError(.noSolution(solver: "cbc", seconds: timeLimit))
    }
    let objective = zip(program.columns, solution.values).reduce(0.0) { $0 + $1.0.cost * $1.1 }
    return ProgramSolution(
      values: solution.values, bound: solution.isOptimal ? objective : log.bound ?? -.infinity,
      isOptimal: solution.isOptimal)
  }

  private func arguments(_ folder: String, hasStart: Bool, timeLimit: Double, seed: Int) -> [String] {
    let seed = String(seed & 0xff_ffff)
    var arguments = ["\(folder)/program.lp", "-timeMode", "elapsed", "-seconds", "\(timeLimit)"]
    arguments += ["-randomSeed", seed, "-randomCbcSeed", seed]
    // The objective is a whole number: a bound above n − 1 proves n.
    arguments += ["-ratioGap", "0", "-allowableGap", "0.99"]
    if hasStart { arguments += ["-mipstart", "\(folder)/start.sol"] }
    return arguments + ["-solve", "-solution", "\(folder)/solution.sol"]
  }

  private func failure(_ message: String) -> ScheduleError {
    ScheduleError(.solverFailed(solver: "cbc", message: message))
  }
}
