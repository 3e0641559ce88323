import Files
public import Graph

extension Plan {
  /// What is larger is no plan: those that ship have less than a hundredth of it.
  private static let maximumByteCount = 16 << 20

  /// Reads a file and checks the plan in it. See ``init(text:file:for:)``.
  public init(contentsOf path: String, for graph: ComputationGraph) throws(PlanError) {
    let text: String
    do throws(FileError) {
      text = try InputFile.text(of: path, limit: Self.maximumByteCount)
    } catch {
      throw PlanError(.unreadable(error.message), file: path)
    }
    try self.init(text: text, file: path, for: graph)
  }

  /// Reads a plan and checks everything in it: that each operation of the graph is there once and in a list of its kind,
  /// every constraint of the schedule, every reading and writing of the stream slot by slot, and that all figures and sets
  /// are those that follow from the placements.
  ///
  /// - Parameter file: the name for error messages.
  /// - Throws: ``PlanError`` naming the first thing that is wrong.
  public init(text: String, file: String, for graph: ComputationGraph) throws(PlanError) {
    let document = try PlanDocument(text: text, file: file)
    let check = PlanCheck(document, file: file, graph: graph)
    let layout = try check.layout()
    self.init(layout: layout, solver: document.solver.value, status: document.status.value, for: graph)
  }
}
