import Foundation
import Graph
import RandomNumbers

/// One simulated annealing towards a schedule of a given width.
struct Annealing {
  private let dependencies: Dependencies
  private let servants: [[Int]]
  private let width: Int
  private let largestFeedForward: Int?
  private(set) var movable: MovableSchedule
  private var load: StreamLoad
  private var isTouched: [Bool]  // [dimensions]

  init(
    _ dependencies: Dependencies, movable: MovableSchedule, servants: [[Int]], width: Int, largestFeedForward: Int?
  ) {
    self.dependencies = dependencies
    self.servants = servants
    self.width = width
    self.largestFeedForward = largestFeedForward
    self.movable = movable
    load = StreamLoad(dependencies, halfCount: 2 * movable.windows.layerCount, halves: movable.halves)
    isTouched = [Bool](repeating: false, count: dependencies.graph.nodes.count)
  }

  /// Tries a number of moves unless it gets late; true when a schedule of the width has been found, which is then in ``movable``.
  mutating func run(moves: Int, hot: Bool, random: inout SplitMix64, isLate: () -> Bool) -> Bool {
    guard !movable.halves.isEmpty else { return excess == 0 }
    if excess == 0 { return true }
    var energy = energy
    let start = hot ? 6.0 : 2.0
    for move in 0..<moves {
      if move % 256 == 255, isLate() { break }
      let temperature = start * exp(-4 * Double(move) / Double(moves))
      guard propose(&random) else {
        movable.takeBack()
        continue
      }
      let changed = apply()
      let new = self.energy
      if new <= energy || random.fraction() < exp((energy - new) / temperature) {
        energy = new
        movable.keep()
        if excess == 0 { return true }
      } else {
        undo(changed)
      }
    }
    return excess == 0
  }

  private var excess: Int { load.excess(width: width, largestFeedForward: largestFeedForward) }

  /// The excess, and a little for every slot that is taken: a schedule with less in its stream is easier to improve.
  private var energy: Double { Double(excess) + 0.05 * Double(load.area) }

  /// Moves one operation, the operations that serve one, or both; false when the windows do not allow it.
  private mutating func propose(_ random: inout SplitMix64) -> Bool {
    let operation = random.index(below: movable.halves.count)
    let target = randomHalf(for: operation, &random)
    switch random.index(below: 4) {
    case 0:
      return movable.move(operation, to: target) && moveServants(of: operation, towards: target)
    case 1 where !servants[operation].isEmpty:
      return moveServants(of: operation, towards: randomHalf(for: servants[operation][0], &random))
    default:
      return movable.move(operation, to: target)
    }
  }

  private mutating func moveServants(of operation: Int, towards half: Int) -> Bool {
    for servant in servants[operation] {
      let earliest = movable.windows.earliest[servant]
      let latest = min(half, movable.windows.latest[servant])
      let target = max(earliest, movable.precedences.last(for: servant, to: latest))
      if !movable.move(servant, to: target) { return false }
    }
    return true
  }

  private func randomHalf(for operation: Int, _ random: inout SplitMix64) -> Int {
    let earliest = movable.windows.earliest[operation]
    let latest = movable.windows.latest[operation]
    guard latest > earliest else { return earliest }
    if random.index(below: 3) > 0 {
      let step = movable.precedences.parity[operation] == nil ? 1 : 2
      let half = movable.halves[operation] + (random.index(below: 2) == 0 ? -step : step)
      return min(max(half, earliest), latest)
    }
    let half = earliest + random.index(below: latest - earliest + 1)
    return movable.precedences.last(for: operation, to: half)
  }

  /// Brings the load up to date with the proposed move and returns the dimensions and operations concerned.
  private mutating func apply() -> Touched {
    var touched = Touched(operations: [], before: [], dimensions: [])
    for change in movable.changes where !touched.operations.contains(change.operation) {
      touched.operations.append(change.operation)
      touched.before.append(change.before)
      let operation = dependencies.operations[change.operation]
      let isPersist = operation.kind == .persist
      for dimension in operation.outputs { touch(dimension.index, &touched) }
      // What stays to the end does so whoever reads it; only persists make it pass through heads.
      for dimension in operation.reads where isPersist || !dependencies.staysToTheEnd[dimension.index] {
        touch(dimension.index, &touched)
      }
    }
    for dimension in touched.dimensions { isTouched[dimension] = false }
    let after = movable.halves
    var before = after
    for (operation, half) in zip(touched.operations, touched.before) { before[operation] = half }
    exchange(touched, from: before, to: after)
    return touched
  }

  private mutating func touch(_ dimension: Int, _ touched: inout Touched) {
    guard !isTouched[dimension] else { return }
    isTouched[dimension] = true
    touched.dimensions.append(dimension)
  }

  private mutating func undo(_ touched: Touched) {
    let after = movable.halves
    movable.takeBack()
    exchange(touched, from: after, to: movable.halves)
  }

  private mutating func exchange(_ touched: Touched, from old: [Int], to new: [Int]) {
    for operation in touched.operations {
      load.addOperation(operation, halves: old, sign: -1)
      load.addOperation(operation, halves: new, sign: 1)
    }
    for dimension in touched.dimensions {
      load.addDimension(dimension, halves: old, sign: -1)
      load.addDimension(dimension, halves: new, sign: 1)
    }
  }

  /// What a move changes.
  private struct Touched {
    var operations: [Int]
    var before: [Int]
    var dimensions: [Int]
  }
}
