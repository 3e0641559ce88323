import Graph

/// The earliest and the latest half-layer of every operation: longest paths from the inputs and to the end.
package struct Windows: Sendable {
  package let earliest: [Int]  // [operations]
  package let latest: [Int]  // [operations]
  package let layerCount: Int

  /// The windows within a number of layers.
  ///
  /// - Throws: ``ScheduleError`` of kind `tooFewLayers` when the graph needs more, or `impossibleCoupling` when no number
  ///   is enough.
  package init(_ dependencies: Dependencies, layerCount: Int) throws(ScheduleError) {
    let earliest = try Self.earliest(dependencies)
    let needed = Self.layerCount(earliest)
    if needed > layerCount { throw ScheduleError(.tooFewLayers(needed: needed, allowed: layerCount)) }
    self.earliest = earliest
    self.layerCount = layerCount
    latest = Self.latest(dependencies, layerCount: layerCount)
  }

  /// The least number of layers that the graph fits into.
  ///
  /// - Throws: ``ScheduleError`` of kind `impossibleCoupling`.
  package static func leastLayerCount(_ dependencies: Dependencies) throws(ScheduleError) -> Int {
    layerCount(try earliest(dependencies))
  }

  /// The half-layers in which the operation may run, ascending.
  package func halves(of operation: Int, _ dependencies: Dependencies) -> [Int] {
    guard earliest[operation] <= latest[operation] else { return [] }
    return (earliest[operation]...latest[operation]).filter {
      dependencies.operations[operation].kind.canRun(inHalf: $0)
    }
  }

  private static func layerCount(_ earliest: [Int]) -> Int {
    (earliest.max() ?? 0) / 2 + 1
  }

  /// Passes over the operations until coupled ones agree on their layer.
  private static func earliest(_ dependencies: Dependencies) throws(ScheduleError) -> [Int] {
    let operations = dependencies.operations
    var earliest = operations.map { $0.kind.canRun(inHalf: 0) ? 0 : 1 }
    var isStable = false
    while !isStable {
      isStable = true
      for reader in operations.indices {
        var half = earliest[reader]
        for read in operations[reader].reads {
          guard let producer = dependencies.producers[read.index] else { continue }
          half = max(half, earliest[producer] + (dependencies.canReadDirectly(reader, read) ? 0 : 1))
        }
        let coupled = dependencies.coupledLookups(of: reader)
        for lookup in coupled { half = max(half, earliest[lookup]) }
        if !operations[reader].kind.canRun(inHalf: half) { half += 1 }
        if half != earliest[reader] { isStable = false }
        earliest[reader] = half
        for lookup in coupled where earliest[lookup] < half - half % 2 {
          earliest[lookup] = half - half % 2
          isStable = false
        }
        // A chain of operations moves by two halves each; beyond that a lookup and its reader chase each other.
        if half > 4 * operations.count + 4, let lookup = coupled.first {
          let name = operations[lookup].name
          throw ScheduleError(.impossibleCoupling(reader: operations[reader].name, lookup: name))
        }
      }
    }
    return earliest
  }

  private static func latest(_ dependencies: Dependencies, layerCount: Int) -> [Int] {
    let operations = dependencies.operations
    let last = 2 * layerCount - 1
    var latest = operations.map { $0.kind.canRun(inHalf: last) ? last : last - 1 }
    var isStable = false
    while !isStable {
      isStable = true
      for reader in operations.indices.reversed() {
        for read in operations[reader].reads {
          guard let producer = dependencies.producers[read.index] else { continue }
          var half = latest[reader] - (dependencies.canReadDirectly(reader, read) ? 0 : 1)
          if !operations[producer].kind.canRun(inHalf: half) { half -= 1 }
          if half < latest[producer] {
            latest[producer] = half
            isStable = false
          }
        }
        for lookup in dependencies.coupledLookups(of: reader) {
          let layer = min(latest[lookup], latest[reader]) / 2
          if latest[lookup] > 2 * layer {
            latest[lookup] = 2 * layer
            isStable = false
          }
          let half = operations[reader].kind.canRun(inHalf: 2 * layer + 1) ? 2 * layer + 1 : 2 * layer
          if latest[reader] > half {
            latest[reader] = half
            isStable = false
          }
        }
      }
    }
    return latest
  }
}
