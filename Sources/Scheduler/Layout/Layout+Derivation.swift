public import Graph

extension Layout {
  /// Derives the layout of a schedule: the same for the same two values on every machine.
  ///
  /// A dimension dies in the half-layer that reads it last. Where attention has too few half-heads to let go of all that
  /// die there, as many as needed wait for the feed-forward half. Slots are then coloured greedily: dimensions in the
  /// order of their birth, ties by name, each in the lowest free slot, which for intervals uses no more slots than the
  /// widest boundary; the position, its inverse logarithm and its square have slots 0, 1 and 2.
  ///
  /// - Throws: ``ScheduleError`` naming the first constraint that the schedule breaks.
  public init(of schedule: Schedule, for graph: ComputationGraph) throws(ScheduleError) {
    let dependencies = Dependencies(of: graph, reuse: schedule.reuse)
    try self.init(of: schedule, dependencies)
  }

  package init(of schedule: Schedule, _ dependencies: Dependencies) throws(ScheduleError) {
    try schedule.checkPlacements(dependencies)
    var lifetimes = Lifetimes(of: schedule, dependencies)
    try lifetimes.postponeDeaths()
    let occupancy = lifetimes.occupancy
    if let boundary = occupancy.firstIndex(where: { $0 > schedule.modelWidth }) {
      let needed = occupancy[boundary]
      throw ScheduleError(.boundaryWidth(boundary: boundary, needed: needed, width: schedule.modelWidth))
    }
    let slots = SlotColouring(lifetimes)
    self.schedule = schedule
    self.occupancy = occupancy
    residences = dependencies.graph.nodes.indices.map { index in
      guard let slot = slots.slots[index], let lifetime = lifetimes.lifetimes[index] else { return nil }
      return Residence(slot: slot, birth: lifetime.birth, death: lifetime.death)
    }
    live = Self.live(residences, boundaryCount: schedule.halfCount + 1)
    halves = HalfLayerBuilder(lifetimes: lifetimes, colouring: slots).halves()
  }

  private static func live(_ residences: [Residence?], boundaryCount: Int) -> [[Dimension]] {
    var live = [[(slot: Int, dimension: Dimension)]](repeating: [], count: boundaryCount)
    for (index, residence) in residences.enumerated() {
      guard let residence else { continue }
      for boundary in residence.birth...(residence.death ?? boundaryCount - 1) {
        live[boundary].append((residence.slot, Dimension(index: index)))
      }
    }
    return live.map { $0.sorted { $0.slot < $1.slot }.map(\.dimension) }
  }
}
