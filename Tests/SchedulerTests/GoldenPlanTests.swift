import Foundation
import Graph
import Scheduler
import Testing

struct GoldenPlanTests {
  /// The plan of a small graph, for people to read. To accept a change: TVM_BLESS=1 swift test --filter GoldenPlan.
  @Test func aSmallGraph() throws {
    let graph = try TestGraphs.allKinds()
    let halves = ["product": 1, "stored": 1, "sum.mean": 0, "sum.product": 1, "sum.raised": 1, "sum": 2]
    let later = ["table": 3, "found.square": 3, "found.height": 3, "found": 4, "result": 5]
    let all = halves.merging(later) { first, _ in first }
    let placements = graph.operations.map { Placement(half: all[$0.name] ?? 0, kind: $0.kind) }
    let schedule = try Schedule(narrowest: placements, Dependencies(of: graph, reuse: .immediate))
    let plan = Plan(layout: try Layout(of: schedule, for: graph), solver: "hand", status: .unproved, for: graph)
    if ProcessInfo.processInfo.environment["TVM_BLESS"] != nil {
      let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("GoldenPlan.swift")
      let lines = plan.text.replacing("\\", with: "\\\\").split(separator: "\n").map { "  \($0)\n" }
      let declaration = "/// The plan that `GoldenPlanTests` expects.\nlet goldenPlan = \"\"\"\n"
      try Data("\(declaration)\(lines.joined())  \"\"\"\n".utf8).write(to: file)
    }
    #expect(plan.text == goldenPlan + "\n")
  }
}
