/// A schedule, and what is known about it.
public struct ScheduleSolution: Hashable, Sendable {
  /// How good the schedule is.
  public enum Status: Hashable, Sendable {
    /// No schedule within the limits is narrower.
    case optimal
    /// The best found in the time; no schedule within the limits is narrower than `bound`.
    case feasible(bound: Int)
  }

  public let layout: Layout
  public let status: Status
  /// Whether the search ended because its time was over; never so for what is optimal.
  public let isTimeLimitReached: Bool
  /// Name and version of what found it.
  public let solver: String
  /// How long the search took.
  public let seconds: Double

  public var schedule: Schedule { layout.schedule }

  /// How good the schedule is and, if so, that more time might improve it: in the words that a plan uses.
  public var planStatus: PlanStatus { PlanStatus(status, isTimeLimitReached: isTimeLimitReached) }
}

extension ScheduleSolution.Status: CustomStringConvertible {
  public var description: String {
    switch self {
    case .optimal: "optimal"
    case .feasible(let bound): "feasible (no narrower than \(bound))"
    }
  }
}
