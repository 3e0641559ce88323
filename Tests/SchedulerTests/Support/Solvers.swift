import Graph
import Scheduler

/// Which of the solvers that solve programs are on this machine.
enum Solvers {
  static let hasHighs = (try? ScheduleSolver.highs.locate()) != nil
  static let hasCbc = (try? ScheduleSolver.cbc.locate()) != nil

  static let noHighs = "there is no HiGHS on this machine (pip install highsbox==1.15.1, or set TVM_HIGHS)"
  static let noCbc = "there is no CBC on this machine (coinor-cbc, or set TVM_CBC)"
}
