extension Layout {
  /// What the schedule could do without at no cost, if anything: slots that hold nothing, or a layer without operations.
  ///
  /// Where no death is put off, a wider stream changes nothing but its own width; where one is, attention needs it all.
  var waste: ScheduleError.Kind? {
    let attention = stride(from: 0, to: halves.count, by: 2).map { halves[$0] }
    let byHeads = attention.map { 2 * $0.lookupCount + $0.carried.count }.max() ?? 0
    let needed = max(4, occupancy.max() ?? 0, byHeads)
    let even = needed + needed % 2
    if schedule.modelWidth > even { return .unusedWidth(needed: even, width: schedule.modelWidth) }
    guard schedule.layerCount > 1 else { return nil }
    return (0..<schedule.layerCount).first { layer in
      halves[2 * layer].operations.isEmpty && halves[2 * layer + 1].operations.isEmpty
    }.map { .emptyLayer($0) }
  }
}
