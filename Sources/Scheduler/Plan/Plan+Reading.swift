import Foundation
public import Graph

extension Plan {
  /// Reads a file and checks the plan in it. See ``init(text:file:for:)``.
  public init(contentsOf path: String, for graph: ComputationGraph) throws(PlanError) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw PlanError(.unreadable("there is no such file"), file: path)
    }
    if isFolder.boolValue { throw PlanError(.unreadable("it is a folder"), file: path) }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw PlanError(.unreadable("access is denied"), file: path)
    }
    guard data.count <= 16 << 20 else { throw PlanError(.unreadable("it is larger than 16 MiB"), file: path) }
    guard let text = String(validating: data, as: UTF8.self) else {
      throw PlanError(.unreadable("it is not UTF-8 text"), file: path)
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
