import Graph
import RandomNumbers

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
  ///   - isLate: asked now and then; true ends the search.
  ///   - improved: called with each narrower schedule.
  /// - Throws: ``ScheduleError`` of kind `feedForwardWidth` when no schedule found keeps to the largest number of neurons.
  func schedule(
    seed: UInt64, rounds: Int, leastWidth: Int, isLate: () -> Bool, improved: (Schedule) -> Void
  ) throws(ScheduleError) -> Schedule {
    var random = SplitMix64(seed: seed)
    var halves = windows.earliest
    var best = try? schedule(halves)
    if let best { improved(best) }
    for round in 0..<rounds {
      if isLate() || best.map({ $0.modelWidth <= leastWidth }) == true { break }
      var search = Annealing(
        dependencies, movable: MovableSchedule(precedences: precedences, windows: windows, halves: halves),
        servants: servants, width: best.map { $0.modelWidth - 2 } ?? Schedule.widthForAll(dependencies),
        largestFeedForward: largestFeedForward)
      guard
        search.run(
          moves: 400 * dependencies.operations.count + 2000, hot: round % 2 == 1, random: &random, isLate: isLate)
      else {
        continue
      }
      guard let found = try? schedule(search.movable.halves) else { continue }
      if best.map({ found.modelWidth < $0.modelWidth }) ?? true {
        best = found
        halves = search.movable.halves
        improved(found)
      }
    }
    if let best { return best }
    return try schedule(halves)
  }

  private func schedule(_ halves: [Int]) throws(ScheduleError) -> Schedule {
    let placements = zip(halves, dependencies.operations).map { Placement(half: $0, kind: $1.kind) }
    return try Schedule(narrowest: placements, dependencies, largestFeedForward: largestFeedForward)
  }
}
