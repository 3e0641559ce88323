package import Graph

extension Schedule {
  /// Checks everything but the widths: each operation in an existing layer and a phase of its kind, after what it reads,
  /// and beside the averaging lookups it reads.
  ///
  /// - Throws: ``ScheduleError`` naming the first constraint that is broken.
  package func checkPlacements(_ dependencies: Dependencies) throws(ScheduleError) {
    guard modelWidth >= 4, modelWidth % 2 == 0 else { throw ScheduleError(.width(modelWidth)) }
    guard placements.count == dependencies.operations.count else {
      throw ScheduleError(.operationCount(expected: dependencies.operations.count, found: placements.count))
    }
    for (operation, placement) in zip(dependencies.operations, placements) {
      guard placement.layer >= 0, placement.layer < layerCount else {
        throw ScheduleError(.layer(operation: operation.name, layer: placement.layer, layerCount: layerCount))
      }
      guard operation.kind.phases.contains(placement.phase) else {
        throw ScheduleError(.phase(operation: operation.name, phase: placement.phase))
      }
    }
    for number in dependencies.operations.indices {
      try checkOrder(of: number, dependencies)
      try checkCoupling(of: number, dependencies)
    }
  }

  private func checkOrder(of reader: Int, _ dependencies: Dependencies) throws(ScheduleError) {
    for read in dependencies.operations[reader].reads {
      guard let producer = dependencies.producers[read.index] else { continue }
      let direct = dependencies.canReadDirectly(reader, read)
      let isAfter =
        placements[producer].half < placements[reader].half
        || (direct && placements[producer].half == placements[reader].half)
      if !isAfter {
        throw ScheduleError(
          .order(reader: dependencies.operations[reader].name, read: dependencies.graph.name(of: read)))
      }
    }
  }

  private func checkCoupling(of reader: Int, _ dependencies: Dependencies) throws(ScheduleError) {
    for lookup in dependencies.coupledLookups(of: reader)
    where placements[lookup].layer != placements[reader].layer {
      throw ScheduleError(
        .coupling(reader: dependencies.operations[reader].name, lookup: dependencies.operations[lookup].name))
    }
  }
}

extension Operation.Kind {
  /// The phases that can compute this kind of operation.
  package var phases: [Phase] {
    switch self {
    case .lookup: [.attention]
    case .reglu, .table: [.feedForward]
    case .persist: [.persist1, .persist2]
    }
  }

  /// Whether the operation runs in this half-layer, attention halves being even.
  package func canRun(inHalf half: Int) -> Bool {
    phases.contains { $0.rawValue / 2 == half % 2 }
  }
}
