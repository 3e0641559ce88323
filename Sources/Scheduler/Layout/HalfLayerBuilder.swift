import Graph

/// Collects what each half-layer does, once lifetimes and slots are known.
struct HalfLayerBuilder {
  let lifetimes: Lifetimes
  let colouring: SlotColouring

  func halves() -> [HalfLayer] {
    let operations = lifetimes.schedule.operationsByHalf
    var erased = [[Dimension]](repeating: [], count: operations.count)
    var refilled = [[HalfLayer.Refill]](repeating: [], count: operations.count)
    for (slot, occupants) in colouring.occupants.enumerated() {
      for (old, new) in zip(occupants, occupants.dropFirst()) {
        guard let death = lifetimes.lifetimes[old.index]?.death else { continue }
        if lifetimes.lifetimes[new.index]?.birth == death + 1 {
          refilled[death].append(HalfLayer.Refill(slot: slot, old: old, new: new))
        } else {
          erased[death].append(old)
        }
      }
    }
    return operations.indices.map { half in
      halfLayer(half, operations: operations[half], erased: erased[half], refilled: refilled[half])
    }
  }

  private func halfLayer(
    _ half: Int, operations: [Int], erased: [Dimension], refilled: [HalfLayer.Refill]
  ) -> HalfLayer {
    let forwarded = lifetimes.forwarded(in: half, operations: operations)
    let carried = Set(forwarded).union(erased).union(refilled.map(\.old))
    let lookups = operations.count { lifetimes.dependencies.operations[$0].kind.isLookup }
    let neurons = operations.reduce(0) { $0 + lifetimes.dependencies.neuronCount(of: $1) }
    let isAttention = half % 2 == 0
    return HalfLayer(
      operations: operations, forwarded: bySlot(forwarded), erased: bySlot(erased), refilled: refilled,
      carried: bySlot(carried), lookupCount: lookups, headCount: isAttention ? lookups + (carried.count + 1) / 2 : 0,
      neuronCount: isAttention ? 0 : neurons + carried.count)
  }

  private func bySlot(_ dimensions: some Sequence<Dimension>) -> [Dimension] {
    dimensions.sorted { (colouring.slots[$0.index] ?? 0) < (colouring.slots[$1.index] ?? 0) }
  }
}

extension Operation.Kind {
  /// Whether the operation takes an attention head.
  package var isLookup: Bool {
    if case .lookup = self { true } else { false }
  }
}

extension Dependencies {
  /// The number of neurons that the operation takes.
  package func neuronCount(of operation: Int) -> Int {
    switch operations[operation].kind {
    case .lookup, .persist: 0
    case .reglu: 1
    case .table(let table): graph.tables[table].neurons.count
    }
  }
}
