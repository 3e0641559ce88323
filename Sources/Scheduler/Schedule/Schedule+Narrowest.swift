import Graph

extension Schedule {
  /// The schedule with these placements that is as narrow as they allow, without the layers that do nothing.
  ///
  /// - Parameter largestFeedForward: the number of neurons that no layer may exceed. A narrower stream can cost neurons,
  ///   because deaths that attention has no room for fall to them.
  /// - Throws: ``ScheduleError`` naming a constraint that the placements break.
  package init(
    narrowest placements: [Placement], _ dependencies: Dependencies, largestFeedForward: Int? = nil
  ) throws(ScheduleError) {
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
      if schedule.fits(dependencies, largestFeedForward: largestFeedForward) {
        self = schedule
        return
      }
    }
    if let largestFeedForward {
      try Layout(of: widest, dependencies).checkFeedForward(atMost: largestFeedForward)
    }
    self = widest
  }

  private func fits(_ dependencies: Dependencies, largestFeedForward: Int?) -> Bool {
    if let largestFeedForward {
      let layout = try? Layout(of: self, dependencies)
      return layout.map { $0.feedForwardWidth <= largestFeedForward } ?? false
    }
    var lifetimes = Lifetimes(of: self, dependencies)
    return (try? lifetimes.postponeDeaths()) != nil
  }

  /// An even width at which every schedule fits: a slot for each dimension and two half-heads for each lookup.
  package static func widthForAll(_ dependencies: Dependencies) -> Int {
    let lookups = dependencies.operations.count { $0.kind.isLookup }
    return 2 * (dependencies.graph.nodes.count + lookups + 2)
  }
}
