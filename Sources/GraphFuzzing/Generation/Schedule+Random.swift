package import Graph
package import ProgramGenerator
package import Scheduler

extension Schedule {
  /// A valid schedule that no scheduler would choose: operations wait at random before they run.
  ///
  /// - Parameter spareWidth: how much wider the stream is than it needs to be.
  package static func random(
    for graph: ComputationGraph, reuse: ReuseRule, spareWidth: Int, using random: inout RandomSource
  ) throws -> Schedule {
    let halves = RandomPlacement(graph, reuse: reuse, using: &random).halves
    let placements = zip(halves, graph.operations).map { half, operation in
      Placement(layer: half / 2, phase: operation.kind.phases.first { $0.rawValue / 2 == half % 2 } ?? .attention)
    }
    var width = 4
    while true {
      let schedule = Schedule(
        placements: placements, layerCount: (halves.max() ?? 0) / 2 + 1, modelWidth: width + spareWidth, reuse: reuse)
      do {
        _ = try Layout(
          of: Schedule(
            placements: placements, layerCount: schedule.layerCount, modelWidth: width, reuse: reuse), for: graph)
        return schedule
      } catch {
        switch error.kind {
        case .boundaryWidth(_, let needed, _), .attentionWidth(_, let needed, _):
          width = max(width + 2, needed + needed % 2)
        default: throw error
        }
      }
    }
  }
}

/// Half-layers for all operations: each as early as what it reads allows, or some later.
private struct RandomPlacement {
  private(set) var halves: [Int]
  private let dependencies: Dependencies
  private let delays: [Int]
  private var earliest: [Int]

  init(_ graph: ComputationGraph, reuse: ReuseRule, using random: inout RandomSource) {
    dependencies = Dependencies(of: graph, reuse: reuse)
    let dependencies = dependencies
    delays = graph.operations.indices.map { number in
      guard dependencies.coupledLookups(of: number).isEmpty, random.number(in: 0...4) == 0 else {
        return 0
      }
      return random.number(in: 1...3)
    }
    halves = graph.operations.map { _ in 0 }
    earliest = halves
    while !place() {}
  }

  /// Places everything; false when an averaging lookup must first move to the layer of its reader.
  private mutating func place() -> Bool {
    for number in halves.indices {
      let operation = dependencies.operations[number]
      var half = earliest[number]
      for read in operation.reads {
        guard let producer = dependencies.producers[read.index] else { continue }
        half = max(half, halves[producer] + (dependencies.canReadDirectly(number, read) ? 0 : 1))
      }
      half += delays[number]
      while !operation.kind.canRun(inHalf: half) { half += 1 }
      halves[number] = half
    }
    for number in halves.indices {
      for lookup in dependencies.coupledLookups(of: number) where halves[lookup] / 2 != halves[number] / 2 {
        earliest[lookup] = halves[number] / 2 * 2 - delays[lookup]
        return false
      }
    }
    return true
  }
}
