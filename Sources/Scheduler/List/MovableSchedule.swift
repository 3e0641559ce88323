/// The half-layer of every operation, always in a valid order, and the moves between such orders.
struct MovableSchedule {
  let precedences: Precedences
  let windows: Windows
  private(set) var halves: [Int]  // [operations]
  /// The operations that the current move has touched, with the half-layer that each had before.
  private(set) var changes: [(operation: Int, before: Int)] = []

  init(precedences: Precedences, windows: Windows, halves: [Int]) {
    self.precedences = precedences
    self.windows = windows
    self.halves = halves
  }

  /// Forgets how to take back the moves so far.
  mutating func keep() {
    changes.removeAll(keepingCapacity: true)
  }

  /// Takes back the moves since the last ``keep()``.
  mutating func takeBack() {
    for change in changes.reversed() { halves[change.operation] = change.before }
    changes.removeAll(keepingCapacity: true)
  }

  /// Moves an operation to a half-layer, and out of the way what must come after or before it.
  ///
  /// - Returns: whether that is possible within the windows; when not, the move is left half done, for ``takeBack()``.
  mutating func move(_ operation: Int, to half: Int) -> Bool {
    if half > halves[operation] { return moveLater(operation, to: half) }
    if half < halves[operation] { return moveEarlier(operation, to: half) }
    return true
  }

  private mutating func moveLater(_ operation: Int, to half: Int) -> Bool {
    guard half <= windows.latest[operation] else { return false }
    changes.append((operation, halves[operation]))
    halves[operation] = half
    for link in precedences.after[operation] where halves[link.operation] < half + link.distance {
      let next = precedences.first(for: link.operation, from: half + link.distance)
      if !moveLater(link.operation, to: next) { return false }
    }
    let layerStart = half - half % 2
    for other in precedences.coupled[operation] where halves[other] < layerStart {
      if !moveLater(other, to: precedences.first(for: other, from: layerStart)) { return false }
    }
    return true
  }

  private mutating func moveEarlier(_ operation: Int, to half: Int) -> Bool {
    guard half >= windows.earliest[operation] else { return false }
    changes.append((operation, halves[operation]))
    halves[operation] = half
    for link in precedences.before[operation] where halves[link.operation] > half - link.distance {
      let next = precedences.last(for: link.operation, to: half - link.distance)
      if !moveEarlier(link.operation, to: next) { return false }
    }
    let layerEnd = half - half % 2 + 1
    for other in precedences.coupled[operation] where halves[other] > layerEnd {
      if !moveEarlier(other, to: precedences.last(for: other, to: layerEnd)) { return false }
    }
    return true
  }
}
