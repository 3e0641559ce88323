import Foundation
import Graph
import Scheduler
import Testing

struct PlanFileTests {
  private func error(_ path: String, _ graph: ComputationGraph) -> PlanError.Kind? {
    do throws(PlanError) {
      _ = try Plan(contentsOf: path, for: graph)
      return nil
    } catch {
      return error.kind
    }
  }

  @Test func files() throws {
    let graph = try TestGraphs.chains(count: 2, length: 2)
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("tvm-plan-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let plan = Plan(try ScheduleSearch(for: graph, options: SchedulingOptions(solver: .list)).run(), for: graph)
    let file = folder.appendingPathComponent("plan.yaml")
    try Data(plan.text.utf8).write(to: file)
    #expect(try Plan(contentsOf: file.path, for: graph) == plan)
    try Data([0x61, 0xff, 0xfe]).write(to: file)
    #expect(error(file.path, graph) == .unreadable("expected UTF-8 text"))
    try Data().write(to: file)
    #expect(error(file.path, graph) == .unreadable("the file is empty"))
    try Data(count: 17 << 20).write(to: file)
    #expect(error(file.path, graph) == .unreadable("expected at most 16777216 bytes, found more"))
    #expect(error(folder.path, graph) == .unreadable("expected a file, found a folder"))
    #expect(error(folder.path + "/none", graph) == .unreadable("no such file"))
  }

  /// Names that YAML would take for something else come back as they were.
  @Test func strangeNames() throws {
    var builder = GraphBuilder()
    var sum = Expression.zero
    let names = [
      "true", "No", "null", "12", "-", "a: b", "x #y", "&anchor", "*alias", "\"quoted\"", "back\\slash",
      "tab\tand\nline",
      "é", "日本", "\u{7}bell", "\u{2028}", "{a}", "[b]", "'", "? key", "@at", "%", " leading", "a+b.0", "",
    ]
    for name in names { sum += builder.input(name) }
    let stored = builder.persist(sum, name: "- !tag")
    let graph = try builder.finish(tokens: [TestGraphs.token([stored])])
    let plan = Plan(try ScheduleSearch(for: graph, options: SchedulingOptions(solver: .list)).run(), for: graph)
    #expect(try Plan(text: plan.text, file: "plan", for: graph) == plan)
  }

  /// A plan of one graph is no plan of another.
  @Test func otherGraph() throws {
    let graph = try TestGraphs.chains(count: 2, length: 2)
    let other = try TestGraphs.chains(count: 2, length: 3)
    let plan = Plan(try ScheduleSearch(for: graph, options: SchedulingOptions(solver: .list)).run(), for: graph)
    #expect(throws: PlanError(.missingOperation("link0.2"), file: "plan")) {
      try Plan(text: plan.text, file: "plan", for: other)
    }
  }
}
