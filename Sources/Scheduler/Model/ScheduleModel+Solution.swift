import Graph

extension ScheduleModel {
  /// The schedule that a solution of the program stands for, as narrow as its placements allow.
  ///
  /// - Throws: ``ScheduleError`` when the solution is none.
  package func schedule(from values: [Double]) throws(ScheduleError) -> Schedule {
    let placements = dependencies.operations.indices.map { number in
      let position = steps[number].firstIndex { values.indices.contains($0) && values[$0] > 0.5 }
      let half = halves[number][position ?? halves[number].count - 1]
      return Placement(half: half, kind: dependencies.operations[number].kind)
    }
    return try Schedule(narrowest: placements, dependencies, largestFeedForward: largestFeedForward)
  }

  /// The solution that a schedule within the windows is, or nil when it has more layers or is too wide.
  package func values(of schedule: Schedule) -> [Double]? {
    guard schedule.layerCount <= windows.layerCount else { return nil }
    let padded = Schedule(
      placements: schedule.placements, layerCount: windows.layerCount, modelWidth: schedule.modelWidth,
      reuse: schedule.reuse)
    var lifetimes = Lifetimes(of: padded, dependencies)
    guard (try? padded.checkPlacements(dependencies)) != nil, (try? lifetimes.postponeDeaths()) != nil else {
      return nil
    }
    var values = [Double](repeating: 0, count: program.columns.count)
    values[halfWidth] = Double(schedule.modelWidth / 2)
    for number in dependencies.operations.indices {
      for (half, column) in zip(halves[number], steps[number]) where schedule.placements[number].half <= half {
        values[column] = 1
      }
    }
    for (index, lifetime) in lifetimes.lifetimes.enumerated() {
      // The last boundary of a postponed death is one that no reader asks for.
      guard let death = lifetime?.death, death % 2 == 1 else { continue }
      let sum = live[index][death]
      if let column = sum.terms.first?.column, sum.terms.count == 1 { values[column] = 1 }
    }
    for (column, sums) in unions { values[column] = sums.reduce(values[column]) { max($0, $1.value(values)) } }
    return values
  }
}
