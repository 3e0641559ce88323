package import Graph

/// From which boundary to which each dimension of a schedule is in the stream.
package struct Lifetimes {
  /// One dimension's stay in the stream.
  package struct Lifetime {
    /// The first boundary that holds it.
    package let birth: Int
    /// The half-layer that lets go of it; nil when it stays to the end.
    package var death: Int?
    /// The first boundary at which its slot belongs to it: the boundary before its birth when the slot must be empty
    /// by then.
    package let firstOccupied: Int
    /// The number of boundaries after its last one at which the slot must stay empty, 0 or 1.
    package let delay: Int
  }

  package let schedule: Schedule
  package let dependencies: Dependencies
  /// By dimension; nil for those that need no slot.
  package private(set) var lifetimes: [Lifetime?]

  package init(of schedule: Schedule, _ dependencies: Dependencies) {
    self.schedule = schedule
    self.dependencies = dependencies
    lifetimes = dependencies.graph.nodes.indices.map { index in
      Self.lifetime(of: Dimension(index: index), schedule, dependencies)
    }
  }

  private static func lifetime(
    of dimension: Dimension, _ schedule: Schedule, _ dependencies: Dependencies
  ) -> Lifetime? {
    let index = dimension.index
    let born = dependencies.producers[index].map { schedule.placements[$0].half }
    let readings = dependencies.readers[index].compactMap { reader -> Int? in
      let half = schedule.placements[reader].half
      return half == born ? nil : half
    }
    let stays = dependencies.staysToTheEnd[index]
    guard stays || !readings.isEmpty else { return nil }
    let birth = born.map { $0 + 1 } ?? 0
    let reserves = dependencies.needsEmptySlot[index] && birth > 0
    return Lifetime(
      birth: birth, death: stays ? nil : readings.max(), firstOccupied: reserves ? birth - 1 : birth,
      delay: dependencies.mustBeErased[index] ? 1 : 0)
  }

  /// The last boundary at which the slot of a lifetime may not be filled by another dimension.
  package func lastOccupied(_ lifetime: Lifetime) -> Int {
    guard let death = lifetime.death else { return schedule.halfCount }
    return min(death + lifetime.delay, schedule.halfCount)
  }

  /// The number of slots taken at each boundary.
  package var occupancy: [Int] {
    var change = [Int](repeating: 0, count: schedule.halfCount + 2)
    for case .some(let lifetime) in lifetimes {
      change[lifetime.firstOccupied] += 1
      change[lastOccupied(lifetime) + 1] -= 1
    }
    var count = 0
    return change.dropLast().map {
      count += $0
      return count
    }
  }

  /// The dimensions that the half-layer's persists read from the stream, ascending.
  package func forwarded(in half: Int, operations: [Int]) -> [Dimension] {
    var read: Set<Dimension> = []
    for number in operations where dependencies.operations[number].kind == .persist {
      for dimension in dependencies.operations[number].reads {
        let producer = dependencies.producers[dimension.index]
        if producer.map({ schedule.placements[$0].half }) != half { read.insert(dimension) }
      }
    }
    return read.sorted()
  }

  /// Lets some dimensions live one half-layer longer where attention cannot let go of all that die in it.
  ///
  /// - Throws: ``ScheduleError`` of kind `attentionWidth` where that is not enough.
  package mutating func postponeDeaths() throws(ScheduleError) {
    var occupancy = occupancy
    let operations = schedule.operationsByHalf
    for layer in 0..<schedule.layerCount {
      let half = 2 * layer
      let forwarded = Set(forwarded(in: half, operations: operations[half]))
      let lookups = operations[half].filter { dependencies.operations[$0].kind != .persist }
      let dying = lifetimes.indices.filter { lifetimes[$0]?.death == half }.map { Dimension(index: $0) }
      let candidates = dying.filter { !forwarded.contains($0) }
      let needed = 2 * lookups.count + forwarded.count + candidates.count
      var surplus = needed - schedule.modelWidth
      for delay in 0...1 {
        let boundary = half + 1 + delay
        for dimension in candidates
        where surplus > 0 && lifetimes[dimension.index]?.delay == delay && occupancy[boundary] < schedule.modelWidth {
          lifetimes[dimension.index]?.death = half + 1
          occupancy[boundary] += 1
          surplus -= 1
        }
      }
      if surplus > 0 {
        let least = schedule.modelWidth + surplus
        throw ScheduleError(.attentionWidth(layer: layer, needed: least, width: schedule.modelWidth))
      }
    }
  }
}

extension Schedule {
  /// The operations of each half-layer, ascending.
  package var operationsByHalf: [[Int]] {
    var result = [[Int]](repeating: [], count: halfCount)
    for (number, placement) in placements.enumerated() where result.indices.contains(placement.half) {
      result[placement.half].append(number)
    }
    return result
  }
}
