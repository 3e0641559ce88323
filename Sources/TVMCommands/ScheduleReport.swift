import Scheduler

/// A schedule as `--json` shows it.
struct ScheduleReport: Encodable {
  let modelWidth: Int
  let layers: Int
  let status: String
  let bound: Int
  let solver: String
  let seconds: Double
  /// Whether the search ended because its time was over.
  let isTimeLimitReached: Bool
  /// Whether it is the schedule of the plan that ships; nil where there is none to compare with.
  let isShipped: Bool?

  init(_ solution: ScheduleSolution, isShipped: Bool? = nil) {
    self.isShipped = isShipped
    modelWidth = solution.schedule.modelWidth
    layers = solution.schedule.layerCount
    solver = solution.solver
    seconds = solution.seconds
    isTimeLimitReached = solution.isTimeLimitReached
    switch solution.status {
    case .optimal: (status, bound) = ("optimal", solution.schedule.modelWidth)
    case .feasible(let least): (status, bound) = ("feasible", least)
    }
  }

  private enum CodingKeys: String, CodingKey {
    case layers, status, bound, solver, seconds
    case modelWidth = "d_model"
    case isShipped = "is_shipped_plan"
    case isTimeLimitReached = "time_limit_reached"
  }
}
