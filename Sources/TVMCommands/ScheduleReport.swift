import Scheduler

/// A schedule as `--json` shows it.
struct ScheduleReport: Encodable {
  let modelWidth: Int
  let layers: Int
  let status: String
  let bound: Int
  let solver: String
  let seconds: Double

  init(_ solution: ScheduleSolution) {
    modelWidth = solution.schedule.modelWidth
    layers = solution.schedule.layerCount
    solver = solution.solver
    seconds = solution.seconds
    switch solution.status {
    case .optimal: (status, bound) = ("optimal", solution.schedule.modelWidth)
    case .feasible(let least): (status, bound) = ("feasible", least)
    }
  }

  private enum CodingKeys: String, CodingKey {
    case layers, status, bound, solver, seconds
    case modelWidth = "d_model"
  }
}
