import Graph
import Scheduler
import Testing

struct LayoutTests {
  /// a → link0 in the attention half → link1 in the feed-forward half, in one slot under the immediate rule.
  @Test func aSlotIsRefilledInTheHalfLayerOfTheLastReading() throws {
    let graph = try TestGraphs.chains(count: 1, length: 2)
    let schedule = Schedule(
      placements: [Placement(layer: 0, phase: .persist1), Placement(layer: 0, phase: .persist2)], layerCount: 1,
      modelWidth: 6, reuse: .immediate)
    let layout = try Layout(of: schedule, for: graph)
    #expect(layout.occupancy == [5, 5, 5])
    let names = layout.live.map { $0.map(graph.name(of:)) }
    let fixed = ["position", "inv_log_position", "position_squared"]
    #expect(names == [fixed + ["input0", "one"], fixed + ["link0.0", "one"], fixed + ["link0.1", "one"]])
    #expect(layout.halves.map { $0.refilled.map(\.slot) } == [[3], [3]])
    #expect(layout.halves.allSatisfy { $0.erased.isEmpty })
    #expect(layout.halves.map(\.headCount) == [1, 0])
    #expect(layout.halves.map(\.neuronCount) == [0, 1])
  }

  @Test func underTheDelayedRuleASlotWaitsOneHalfLayer() throws {
    let graph = try TestGraphs.chains(count: 1, length: 2)
    let schedule = Schedule(
      placements: [Placement(layer: 0, phase: .persist1), Placement(layer: 0, phase: .persist2)], layerCount: 1,
      modelWidth: 6, reuse: .delayed)
    let layout = try Layout(of: schedule, for: graph)
    #expect(layout.occupancy == [5, 6, 6])
    #expect(layout.halves.allSatisfy { $0.refilled.isEmpty })
    // The slot of the input is free again when link0.1 is written.
    #expect(layout.halves[0].erased.map(graph.name(of:)) == ["input0"])
    #expect(layout.residences.compactMap { $0?.slot }.max() == 5)
  }

  @Test func whatOnlyItsOwnHalfLayerReadsHasNoSlot() throws {
    let graph = try TestGraphs.gathers(count: 2)
    let placements = [Placement(layer: 0, phase: .attention), Placement(layer: 0, phase: .attention)]
    let together = Schedule(
      placements: placements + [Placement(layer: 0, phase: .persist1)], layerCount: 1, modelWidth: 6, reuse: .immediate)
    let internalLayout = try Layout(of: together, for: graph)
    #expect(internalLayout.live[1].map(graph.name(of:)).allSatisfy { !$0.hasPrefix("before") })
    let apart = Schedule(
      placements: placements + [Placement(layer: 0, phase: .persist2)], layerCount: 1, modelWidth: 6, reuse: .immediate)
    let storedLayout = try Layout(of: apart, for: graph)
    #expect(storedLayout.live[1].map(graph.name(of:)).count { $0.hasPrefix("before") } == 2)
  }

  /// Four lookups take all eight half-heads, so the input, though last read here, is let go of by the neurons.
  @Test func aDeathIsPutOffWhenAttentionIsFull() throws {
    let graph = try TestGraphs.gathers(count: 4)
    let dependencies = Dependencies(of: graph, reuse: .immediate)
    let placements = graph.operations.map { Placement(half: 0, kind: $0.kind) }
    let schedule = try Schedule(narrowest: placements, dependencies)
    #expect(schedule.modelWidth == 8)
    let layout = try Layout(of: schedule, for: graph)
    #expect(layout.residences[graph.inputDimensions[4].index]?.death == 1)
    #expect(layout.halves[0].headCount == 4)
  }

  @Test func aRoundedValueLeavesItsSlotEmptyForOneHalfLayer() throws {
    var builder = GraphBuilder()
    let input = builder.input("input")
    let square = builder.persist(builder.reglu(input, 0x1p50 * input, name: "square"), name: "large")
    let large = builder.persist(0x1p60 * square, name: "larger")
    let graph = try builder.finish(tokens: [TestGraphs.token([large])])
    let dependencies = Dependencies(of: graph, reuse: .immediate)
    for (node, isErased) in zip(graph.nodes, dependencies.mustBeErased) where node.isRounded { #expect(isErased) }
    let halves = [1, 1, 2]
    let placements = zip(halves, graph.operations).map { Placement(half: $0, kind: $1.kind) }
    let layout = try Layout(of: try Schedule(narrowest: placements, dependencies), for: graph)
    try StreamSimulation.check(StreamPlan(layout), schedule: layout.schedule, dependencies)
    #expect(layout.halves.allSatisfy { $0.refilled.allSatisfy { !graph.nodes[$0.old.index].isRounded } })
  }

  @Test func aFractionNeverRefillsASlotInItsLastHalfLayer() throws {
    var builder = GraphBuilder()
    let input = builder.input("input")
    let half = builder.persist(0.5 * input, name: "half")
    let graph = try builder.finish(tokens: [TestGraphs.token([half])])
    let placements = [Placement(layer: 0, phase: .persist1)]
    let layout = try Layout(
      of: Schedule(placements: placements, layerCount: 1, modelWidth: 6, reuse: .immediate), for: graph)
    #expect(layout.halves[0].refilled.isEmpty)
    #expect(layout.occupancy == [6, 5, 5])
  }

  @Test func aGraphWithoutOperationsHasALayout() throws {
    var builder = GraphBuilder()
    let input = builder.input("input")
    let graph = try builder.finish(tokens: [TestGraphs.token([input])])
    let solution = try ScheduleSearch(for: graph, options: SchedulingOptions(solver: .list)).run()
    #expect(solution.schedule.modelWidth == 6)
    #expect(solution.status == .optimal)
    let plan = Plan(solution, for: graph)
    #expect(try Plan(text: plan.text, file: "plan", for: graph) == plan)
  }
}
