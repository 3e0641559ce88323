import Foundation
import Subprocesses

/// CBC, as a program of its own that reads and writes files.
struct CbcSolver: ProgramSolver {
  let name = "cbc"
  private let executable: URL

  /// Seconds that it has beyond its limit to keep to it by itself.
  private static let delay = 0.2

  /// Finds the program: by the variable TVM_CBC (a file) and nowhere else when that is set, otherwise on the PATH and in
  /// the folders of Homebrew.
  ///
  /// - Throws: ``ScheduleError`` of kind `solverNotFound` with what was tried.
  init(environment: [String: String]) throws(ScheduleError) {
    let search = ProgramSearch(environment)
    let candidates =
      search.value(of: "TVM_CBC").map { [$0] } ?? [
        "cbc", "/opt/homebrew/bin/cbc", "/usr/local/bin/cbc", "/usr/bin/cbc",
      ]
    guard let found = candidates.lazy.compactMap({ search.find($0) }).first else {
      throw ScheduleError(.solverNotFound(solver: "cbc", tried: candidates))
    }
    executable = found
  }

  func solve(
    _ program: MixedIntegerProgram, start: [Double]?, timeLimit: Double, seed: Int,
    progress: (ScheduleProgress, [Double]?) -> Void
  ) throws(ScheduleError) -> ProgramSolution {
    guard let temporary = try? TemporaryFolder("tvm-cbc-") else {
      throw failure("cannot be given its input in \(FileManager.default.temporaryDirectory.path)")
    }
    defer { temporary.remove() }
    let folder = temporary.url
    do {
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
    // Interrupted, it writes the best solution that it has.
    let command = Command(
      executable, arguments(folder.path, hasStart: start != nil, timeLimit: timeLimit, seed: seed), output: .results,
      endSignal: SIGINT)
    let result: Subprocess.Result
    do throws(SubprocessError) {
      result = try Subprocess().run(command, within: timeLimit + Self.delay) { log.read($0, progress: progress) }
    } catch {
      throw failure("cannot be run: \(error)")
    }
    let isLate = Date().timeIntervalSince(log.start) >= timeLimit
    guard isLate || result.isSuccess else { throw failure("\(result.ending): \(executable.path)") }
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
