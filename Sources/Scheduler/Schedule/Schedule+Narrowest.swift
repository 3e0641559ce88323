import Graph

extension Schedule {
  /// The schedule with these placements that is as narrow as they allow, without the layers that do nothing.
  ///
  /// - Throws: ``ScheduleError`` naming a constraint that the placements break.
  package init(narrowest placements: [Placement], _ dependencies: Dependencies) throws(ScheduleError) {
    let used = Set(placements.map(\.layer)).sorted()
    let rank = Dictionary(uniqueKeysWithValues: used.enumerated().map { ($1, $0) })
    let dense = placements.map { Placement(layer: rank[$0.layer] ?? $0.layer, phase: $0.phase) }
    let layerCount = max(1, used.count)
    let widest = Schedule(
      placements: dense, layerCount: layerCount, modelWidth: Self.widthForAll(dependencies), reuse: dependencies.reuse)
    try widest.checkPlacements(dependencies)
    let needed = Lifetimes(of: widest, dependencies).occupancy.max() ?? 0
    for width in stride(from: max(4, needed + needed % 2), to: widest.modelWidth, by: 2) {
      let schedule = Schedule(
        placements: dense, layerCount: layerCount, modelWidth: width, reuse: dependencies.reuse)
      var lifetimes = Lifetimes(of: schedule, dependencies)
      if (try? lifetimes.postponeDeaths()) != nil {
        self = schedule
        return
      }
    }
    self = widest
  }

  /// An even width at which every schedule fits: a slot for each dimension and two half-heads for each lookup.
  package static func widthForAll(_ dependencies: Dependencies) -> Int {
    let lookups = dependencies.operations.count { $0.kind.isLookup }
    return 2 * (dependencies.graph.nodes.count + lookups + 2)
  }
}
