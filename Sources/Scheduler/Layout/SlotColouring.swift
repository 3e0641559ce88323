import Graph

/// The slot of every dimension that needs one.
///
/// The occupied stretches of boundaries form an interval graph, for which giving each, in the order of its beginning, the
/// lowest free colour needs no more colours than the widest boundary.
struct SlotColouring {
  /// By dimension.
  private(set) var slots: [Int?]
  /// The dimensions of each slot in the order of their stay.
  private(set) var occupants: [[Dimension]]

  init(_ lifetimes: Lifetimes) {
    let graph = lifetimes.dependencies.graph
    let fixed = [BuiltInInput.position, .inverseLogPosition, .positionSquared].map(graph.dimension(of:))
    slots = [Int?](repeating: nil, count: graph.nodes.count)
    occupants = fixed.map { [$0] }
    for (slot, dimension) in fixed.enumerated() { slots[dimension.index] = slot }
    var lastOccupied = fixed.map { _ in lifetimes.schedule.halfCount }

    let order = lifetimes.lifetimes.enumerated().compactMap { index, lifetime in
      lifetime.map { (dimension: Dimension(index: index), lifetime: $0, name: graph.nodes[index].name) }
    }.sorted { ($0.lifetime.firstOccupied, $0.name) < ($1.lifetime.firstOccupied, $1.name) }
    for (dimension, lifetime, _) in order where slots[dimension.index] == nil {
      let last = lifetimes.lastOccupied(lifetime)
      if let slot = lastOccupied.firstIndex(where: { $0 < lifetime.firstOccupied }) {
        slots[dimension.index] = slot
        occupants[slot].append(dimension)
        lastOccupied[slot] = last
      } else {
        slots[dimension.index] = occupants.count
        occupants.append([dimension])
        lastOccupied.append(last)
      }
    }
  }
}
