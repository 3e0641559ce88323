import Foundation

extension ScheduleSolver {
  /// The solver's name and version, when it is on this machine.
  ///
  /// - Throws: ``ScheduleError`` of kind `solverNotFound` with what was tried.
  public func locate() throws(ScheduleError) -> String {
    try locate(environment: ProcessInfo.processInfo.environment)
  }

  /// As above, with the variables TVM_HIGHS, TVM_CBC, PATH and HOME taken from `environment`.
  package func locate(environment: [String: String]) throws(ScheduleError) -> String {
    try programSolver(environment: environment)?.name ?? rawValue
  }

  /// The solver itself; nil for the list scheduler, which solves no program.
  func programSolver(environment: [String: String]) throws(ScheduleError) -> (any ProgramSolver)? {
    switch self {
    case .highs: try HighsSolver(environment: environment)
    case .cbc: try CbcSolver(environment: environment)
    case .list: nil
    }
  }
}
