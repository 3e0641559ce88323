import Graph
import Scheduler
import Testing

/// Accounts of the stream with one mistake each, found by carrying them out.
struct StreamSimulationTests {
  private struct Case {
    let graph: ComputationGraph
    let layout: Layout
    let dependencies: Dependencies

    func error(
      _ plan: StreamPlan, width: Int? = nil, dependencies other: Dependencies? = nil
    ) -> StreamError.Kind? {
      let schedule = Schedule(
        placements: layout.schedule.placements, layerCount: layout.schedule.layerCount,
        modelWidth: width ?? layout.schedule.modelWidth, reuse: layout.schedule.reuse)
      do throws(StreamError) {
        try StreamSimulation.check(plan, schedule: schedule, other ?? dependencies)
        return nil
      } catch {
        return error.kind
      }
    }
  }

  private let cases: [Case]

  init() throws {
    cases = try (1...12).map { seed in
      let graph = try RandomGraphs.graph(seed: UInt64(seed), operations: 30, inputs: 4)
      var options = SchedulingOptions(solver: .list)
      options.rounds = 1
      let layout = try ScheduleSearch(for: graph, options: options).run().layout
      return Case(graph: graph, layout: layout, dependencies: Dependencies(of: graph, reuse: .immediate))
    }
  }

  @Test func whatIsNotErasedIsWrittenOver() {
    var count = 0
    for item in cases {
      for half in item.layout.halves.indices where !item.layout.halves[half].erased.isEmpty {
        var plan = StreamPlan(item.layout)
        plan.erased[half].removeFirst()
        guard case .writtenOver = item.error(plan) else {
          Issue.record("half-layer \(half): \(String(describing: item.error(plan)))")
          continue
        }
        count += 1
      }
    }
    #expect(count > 10)
  }

  @Test func whatIsNotThereCannotBeErased() {
    for item in cases {
      var plan = StreamPlan(item.layout)
      let position = item.graph.dimension(of: .position)
      plan.erased[0].append(position)
      // It is erased, and then claimed to be there.
      #expect(item.error(plan) == .notComputed(dimension: "position", boundary: 1))
      plan.erased[0].append(position)
      #expect(item.error(plan) == .nothingToErase(dimension: "position", boundary: 1))
    }
  }

  @Test func aSlotThatMustBeEmptyFirstIsNotRefilled() {
    for item in cases where item.layout.halves.contains(where: { !$0.refilled.isEmpty }) {
      let delayed = Dependencies(of: item.graph, reuse: .delayed)
      guard case .refilledTooSoon = item.error(StreamPlan(item.layout), dependencies: delayed) else {
        Issue.record("\(String(describing: item.error(StreamPlan(item.layout), dependencies: delayed)))")
        return
      }
    }
  }

  @Test func dimensionsKeepTheirSlots() {
    for item in cases {
      var plan = StreamPlan(item.layout)
      for index in plan.live[1].indices where plan.live[1][index].dimension == item.graph.dimension(of: .one) {
        let slot = plan.live[1][index].slot
        plan.live[1][index].slot = item.layout.schedule.modelWidth + 1
        let moved = item.error(plan, width: item.layout.schedule.modelWidth + 2)
        let expected = StreamError.Kind.slotMoved(
          dimension: "one", expected: slot, found: item.layout.schedule.modelWidth + 1, boundary: 1)
        #expect(moved == expected)
      }
    }
  }

  @Test func thePositionHasItsOwnSlot() {
    for item in cases {
      var plan = StreamPlan(item.layout)
      for boundary in plan.live.indices {
        for index in plan.live[boundary].indices where plan.live[boundary][index].slot < 2 {
          plan.live[boundary][index].slot = 1 - plan.live[boundary][index].slot
        }
      }
      guard case .slotMoved(_, _, _, 0) = item.error(plan) else {
        Issue.record("\(String(describing: item.error(plan)))")
        return
      }
    }
  }

  @Test func whatIsReadMustBeThere() {
    for item in cases {
      for boundary in 0..<item.layout.live.count {
        for index in item.layout.live[boundary].indices {
          let dimension = item.layout.live[boundary][index]
          var plan = StreamPlan(item.layout)
          for later in boundary..<plan.live.count { plan.live[later].removeAll { $0.dimension == dimension } }
          for half in plan.erased.indices {
            plan.erased[half].removeAll { $0 == dimension }
            plan.refilled[half].removeAll { $0.old == dimension }
          }
          #expect(item.error(plan) != nil, "\(item.graph.name(of: dimension)) from boundary \(boundary)")
        }
      }
    }
  }

  @Test func theStreamHasAWidth() {
    for item in cases {
      for width in stride(from: 0, to: item.layout.occupancy.max() ?? 0, by: 2) {
        let error = item.error(StreamPlan(item.layout), width: width)
        switch error {
        case .slotOutOfRange, .tooManyHeads: break
        default: Issue.record("\(width): \(String(describing: error))")
        }
      }
    }
  }

  @Test func headsAreCounted() throws {
    let graph = try TestGraphs.gathers(count: 5)
    let schedule = Schedule(
      placements: graph.operations.map { Placement(half: 0, kind: $0.kind) }, layerCount: 1, modelWidth: 12,
      reuse: .immediate)
    let dependencies = Dependencies(of: graph, reuse: .immediate)
    let plan = StreamPlan(try Layout(of: schedule, dependencies))
    let narrow = Schedule(placements: schedule.placements, layerCount: 1, modelWidth: 8, reuse: .immediate)
    #expect(throws: StreamError(.tooManyHeads(layer: 0, needed: 11, width: 8))) {
      try StreamSimulation.check(plan, schedule: narrow, dependencies)
    }
  }
}
