public import Graph

/// A schedule with what is known about it, as it is kept in a `plan.yaml`.
///
/// ```swift
/// let plan = Plan(solution, for: graph)
/// try plan.text.write(to: url, atomically: true, encoding: .utf8)
/// let again = try Plan(text: plan.text, file: "plan.yaml", for: graph)
/// ```
public struct Plan: Hashable, Sendable {
  public let layout: Layout
  /// Name and version of what found the schedule.
  public let solver: String
  /// How good the schedule is.
  public let status: PlanStatus
  /// The plan as YAML. The same plan has the same text on every machine.
  public let text: String

  /// The plan of a solution for this graph.
  public init(_ solution: ScheduleSolution, for graph: ComputationGraph) {
    self.init(layout: solution.layout, solver: solution.solver, status: solution.planStatus, for: graph)
  }

  /// The plan of a layout for this graph.
  public init(layout: Layout, solver: String, status: PlanStatus, for graph: ComputationGraph) {
    let document = PlanDocument(layout: layout, solver: solver, status: status, for: graph)
    self.init(layout: layout, solver: solver, status: status, text: document.text)
  }

  init(layout: Layout, solver: String, status: PlanStatus, text: String) {
    self.layout = layout
    self.solver = solver
    self.status = status
    self.text = text
  }

  public var schedule: Schedule { layout.schedule }
}
