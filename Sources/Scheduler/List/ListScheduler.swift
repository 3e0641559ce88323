import Graph

/// Finds a schedule without a solver: every operation as early as it can run, then simulated annealing of single
/// operations and of groups towards a narrower stream.
///
/// The same dependencies, windows and seed give the same schedule unless the deadline cuts the search short.
struct ListScheduler {
  private let dependencies: Dependencies
  private let largestFeedForward: Int?
  private let precedences: Precedences
  private let windows: Windows
  /// The operations that only one operation reads, by that one.
  private let servants: [[Int]]  // [operations]

  init(_ dependencies: Dependencies, windows: Windows, largestFeedForward: Int?) {
    self.dependencies = dependencies
    self.windows = windows
    self.largestFeedForward = largestFeedForward
    precedences = Precedences(dependencies)
    var servants = [[Int]](repeating: [], count: dependencies.operations.count)
    for number in dependencies.operations.indices {
      let isKept = dependencies.operations[number].outputs.contains { dependencies.staysToTheEnd[$0.index] }
      let readers = precedences.after[number]
      if readers.count == 1, !isKept, let reader = readers.first { servants[reader.operation].append(number) }
    }
    self.servants = servants
  }

  /// The narrowest schedule found.
  ///
  /// - Parameters:
  ///   - rounds: the number of annealings.
  ///   - leastWidth: the search ends when it gets here.
  ///   - isLate: asked between annealings; true ends the search.
  ///   - improved: called with each narrower schedule.
  /// - Throws: ``ScheduleError`` of kind `feedForwardWidth` when no schedule found keeps to the largest number of neurons.
  func schedule(
    seed: UInt64, rounds: Int, leastWidth: Int, isLate: () -> Bool, improved: (Schedule) -> Void
  ) throws(ScheduleError) -> Schedule {
    var random = SplitMix64(seed: seed)
    let earliest = MovableSchedule(precedences: precedences, windows: windows, halves: windows.earliest)
    var best = try Schedule(narrowest: placements(earliest.halves), dependencies)
    var bestHalves = earliest.halves
    var isWithinLimit = violation(of: best) == nil
    if isWithinLimit { improved(best) }
    for round in 0..<rounds {
      if isLate() || (isWithinLimit && best.modelWidth <= leastWidth) { break }
      let target = isWithinLimit ? best.modelWidth - 2 : best.modelWidth
      var search = Annealing(
        dependencies, movable: MovableSchedule(precedences: precedences, windows: windows, halves: bestHalves),
        servants: servants, width: target, largestFeedForward: largestFeedForward)
      guard search.run(moves: 400 * dependencies.operations.count + 2000, hot: round % 2 == 1, random: &random) else {
        continue
      }
      let found = try Schedule(narrowest: placements(search.movable.halves), dependencies)
      if violation(of: found) == nil, !isWithinLimit || found.modelWidth < best.modelWidth {
        best = found
        bestHalves = search.movable.halves
        isWithinLimit = true
        improved(best)
      }
    }
    if let error = violation(of: best) { throw error }
    return best
  }

  private func placements(_ halves: [Int]) -> [Placement] {
    zip(halves, dependencies.operations).map { Placement(half: $0, kind: $1.kind) }
  }

  private func violation(of schedule: Schedule) -> ScheduleError? {
    guard let largestFeedForward else { return nil }
    do throws(ScheduleError) {
      try Layout(of: schedule, dependencies).checkFeedForward(atMost: largestFeedForward)
      return nil
    } catch {
      return error
    }
  }
}
