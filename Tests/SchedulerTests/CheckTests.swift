import Graph
import Scheduler
import Testing

/// Each constraint, broken once, is named.
struct CheckTests {
  private let graph: ComputationGraph
  private let layout: Layout

  init() throws {
    graph = try TestGraphs.allKinds()
    var options = SchedulingOptions(solver: .list)
    options.rounds = 3
    layout = try ScheduleSearch(for: graph, options: options).run().layout
  }

  private func kind(moving name: String, to placement: Placement, width: Int? = nil) -> ScheduleError.Kind? {
    var placements = layout.schedule.placements
    if let number = graph.operations.firstIndex(where: { $0.name == name }) { placements[number] = placement }
    let schedule = Schedule(
      placements: placements, layerCount: layout.schedule.layerCount, modelWidth: width ?? 40, reuse: .immediate)
    do throws(ScheduleError) {
      _ = try Layout(of: schedule, for: graph)
      return nil
    } catch {
      return error.kind
    }
  }

  @Test func aValidScheduleIsAccepted() {
    #expect(kind(moving: "", to: Placement(layer: 0, phase: .attention)) == nil)
  }

  @Test func layers() {
    let count = layout.schedule.layerCount
    #expect(
      kind(moving: "result", to: Placement(layer: count, phase: .feedForward))
        == .layer(operation: "result", layer: count, layerCount: count))
    #expect(
      kind(moving: "result", to: Placement(layer: -1, phase: .feedForward))
        == .layer(operation: "result", layer: -1, layerCount: count))
  }

  @Test func phases() {
    #expect(
      kind(moving: "found", to: Placement(layer: 1, phase: .persist1)) == .phase(operation: "found", phase: .persist1))
    #expect(
      kind(moving: "stored", to: Placement(layer: 1, phase: .attention))
        == .phase(operation: "stored", phase: .attention))
    #expect(
      kind(moving: "table", to: Placement(layer: 1, phase: .persist2)) == .phase(operation: "table", phase: .persist2))
  }

  @Test func orders() {
    #expect(
      kind(moving: "stored", to: Placement(layer: 0, phase: .persist1)) == .order(reader: "stored", read: "product"))
    #expect(
      kind(moving: "result", to: Placement(layer: 0, phase: .feedForward)) == .order(reader: "result", read: "stored"))
  }

  /// A table's outputs are made in the output projection: a persist of the same half-layer comes too early for them.
  @Test func aTableIsNotReadInItsOwnHalfLayer() throws {
    var builder = GraphBuilder()
    let input = builder.input("input")
    let column = builder.table([[1, 2, 4]], index: input, name: "table")[0]
    let stored = builder.persist(column, name: "stored")
    let graph = try builder.finish(tokens: [TestGraphs.token([stored])])
    let placements = [Placement(layer: 0, phase: .feedForward), Placement(layer: 0, phase: .persist2)]
    let schedule = Schedule(placements: placements, layerCount: 1, modelWidth: 10, reuse: .immediate)
    #expect(throws: ScheduleError(.order(reader: "stored", read: "table.0"))) { try Layout(of: schedule, for: graph) }
  }

  @Test func couplings() throws {
    var builder = GraphBuilder()
    let input = builder.input("input")
    let mean = builder.average([input], name: "mean")[0]
    let scaled = builder.reglu(mean, input, name: "scaled")
    let graph = try builder.finish(tokens: [TestGraphs.token([scaled])])
    let placements = [Placement(layer: 0, phase: .attention), Placement(layer: 1, phase: .feedForward)]
    let schedule = Schedule(placements: placements, layerCount: 2, modelWidth: 10, reuse: .immediate)
    #expect(throws: ScheduleError(.coupling(reader: "scaled", lookup: "mean"))) { try Layout(of: schedule, for: graph) }
  }

  /// A lookup that reads a mean can never be in the layer of the head that makes it.
  @Test func impossibleCouplings() throws {
    var builder = GraphBuilder()
    let mean = builder.average([builder.input("input")], name: "mean")[0]
    let found = builder.gather([mean], at: builder.position, name: "found")[0]
    let graph = try builder.finish(tokens: [TestGraphs.token([found])])
    #expect(throws: ScheduleError(.impossibleCoupling(reader: "found", lookup: "mean"))) {
      try ScheduleSearch(for: graph, options: SchedulingOptions(solver: .list)).run()
    }
  }

  @Test func widths() throws {
    let width = layout.schedule.modelWidth
    let narrow = kind(moving: "", to: Placement(layer: 0, phase: .attention), width: width - 2)
    switch narrow {
    case .boundaryWidth(_, let needed, width - 2), .attentionWidth(_, let needed, width - 2):
      #expect(needed > width - 2)
    default: Issue.record("\(String(describing: narrow))")
    }
    for odd in [-2, 0, 2, 7] {
      #expect(kind(moving: "", to: Placement(layer: 0, phase: .attention), width: odd) == .width(odd))
    }
    let gathers = try TestGraphs.gathers(count: 4)
    let schedule = Schedule(
      placements: gathers.operations.map { Placement(half: 0, kind: $0.kind) }, layerCount: 1, modelWidth: 6,
      reuse: .immediate)
    #expect(throws: ScheduleError(.attentionWidth(layer: 0, needed: 8, width: 6))) {
      try Layout(of: schedule, for: gathers)
    }
  }

  @Test func operationCounts() {
    let schedule = Schedule(placements: [], layerCount: 3, modelWidth: 20, reuse: .immediate)
    let expected = ScheduleError.Kind.operationCount(expected: graph.operations.count, found: 0)
    #expect(throws: ScheduleError(expected)) { try Layout(of: schedule, for: graph) }
  }

  @Test func layersAreNotEnough() {
    // product, raised and exact sum in layer 0 and 1, the table in 1, the lookup in 2, the result after it.
    #expect(throws: ScheduleError(.tooFewLayers(needed: 3, allowed: 1))) {
      let options = SchedulingOptions(solver: .list, maxLayers: 1)
      _ = try ScheduleSearch(for: graph, options: options).run()
    }
  }

  @Test func neurons() throws {
    let most = layout.feedForwardWidth
    #expect(throws: Never.self) { try layout.checkFeedForward(atMost: most) }
    #expect(throws: ScheduleError.self) { try layout.checkFeedForward(atMost: most - 1) }
  }
}
