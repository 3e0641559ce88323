import Graph

/// The choice of the narrowest schedule as a mixed-integer program.
///
/// For each operation and each half-layer h of its window but the last there is a 0/1 column "runs in h or before". All
/// else is a difference of these: an operation runs in h when its column of h is 1 and the one before is 0, a dimension is
/// in the stream at boundary b when its producer has run before b and a reader has not. So births, deaths and the need for
/// a slot come without any large constant, and precedences are differences of two columns.
package struct ScheduleModel {
  package let dependencies: Dependencies
  package let windows: Windows
  let largestFeedForward: Int?
  package internal(set) var program = MixedIntegerProgram()
  /// The column of d_model / 2.
  let halfWidth: Int
  /// The half-layers of each operation's window, and the column of each but the last.
  var halves: [[Int]]  // [operations]
  var steps: [[Int]]  // [operations]
  /// 1 where a dimension is in the stream.
  var live: [[LinearSum]]  // [dimensions, boundaries]
  /// The columns that are at least as great as each of some sums, in the order in which they were made.
  private(set) var unions: [(column: Int, sums: [LinearSum])] = []

  package init(
    _ dependencies: Dependencies, windows: Windows, largestFeedForward: Int?, leastHalfWidth: Int, mostHalfWidth: Int
  ) {
    self.dependencies = dependencies
    self.windows = windows
    self.largestFeedForward = largestFeedForward
    let halfWidth = program.addColumn(
      "half_width", from: Double(leastHalfWidth), to: Double(mostHalfWidth), isInteger: true, cost: 1)
    self.halfWidth = halfWidth
    halves = dependencies.operations.indices.map { windows.halves(of: $0, dependencies) }
    steps = []
    live = []
    addSteps()
    addPrecedences()
    addCouplings()
    addLifetimes()
    addBoundaryWidths()
    addAttentionWidths()
    if let largestFeedForward { addFeedForwardWidths(atMost: largestFeedForward) }
  }

  private mutating func addSteps() {
    for number in dependencies.operations.indices {
      let columns = halves[number].dropLast().map { half in
        program.addColumn("run_\(number)_by_\(half)", from: 0, to: 1, isInteger: true)
      }
      steps.append(columns)
      for (earlier, later) in zip(columns, columns.dropFirst()) {
        program.addAtMostZero(LinearSum(column: earlier) - LinearSum(column: later))
      }
    }
  }

  /// 1 when the operation runs in the half-layer or before.
  func hasRun(_ operation: Int, by half: Int) -> LinearSum {
    guard let first = halves[operation].first, let last = halves[operation].last, half >= first else {
      return LinearSum(0)
    }
    if half >= last { return LinearSum(1) }
    let position = (halves[operation].firstIndex { $0 > half } ?? 1) - 1
    return LinearSum(column: steps[operation][position])
  }

  /// 1 when the operation runs in the half-layer.
  func runs(_ operation: Int, in half: Int) -> LinearSum {
    hasRun(operation, by: half) - hasRun(operation, by: half - 1)
  }

  /// 1 when the dimension has been computed before the boundary.
  func isBorn(_ dimension: Dimension, at boundary: Int) -> LinearSum {
    guard let producer = dependencies.producers[dimension.index] else { return LinearSum(1) }
    return hasRun(producer, by: boundary - 1)
  }

  private mutating func addPrecedences() {
    for reader in dependencies.operations.indices {
      for read in dependencies.operations[reader].reads {
        guard let producer = dependencies.producers[read.index] else { continue }
        let delay = dependencies.canReadDirectly(reader, read) ? 0 : 1
        for half in halves[reader] {
          program.addAtMostZero(hasRun(reader, by: half) - hasRun(producer, by: half - delay))
        }
      }
    }
  }

  private mutating func addCouplings() {
    for reader in dependencies.operations.indices {
      for lookup in dependencies.coupledLookups(of: reader) {
        for layer in 0..<windows.layerCount {
          program.addZero(hasRun(reader, by: 2 * layer + 1) - hasRun(lookup, by: 2 * layer))
        }
      }
    }
  }

  private mutating func addLifetimes() {
    let readers = LastReaders(dependencies)
    for index in dependencies.graph.nodes.indices {
      let dimension = Dimension(index: index)
      var sums: [LinearSum] = []
      for boundary in 0...2 * windows.layerCount {
        sums.append(liveSum(dimension, at: boundary, before: sums.last, readers: readers.of(dimension)))
      }
      live.append(sums)
    }
  }

  /// 1 when a dimension is in the stream at a boundary, which is so while one of its readers has not run.
  ///
  /// Nothing keeps the column from being 1 after the last reading, which is how a death is postponed from attention to
  /// the feed-forward half.
  private mutating func liveSum(
    _ dimension: Dimension, at boundary: Int, before: LinearSum?, readers: [Int]
  ) -> LinearSum {
    let born = isBorn(dimension, at: boundary)
    if dependencies.staysToTheEnd[dimension.index] { return born }
    let waiting = readers.map { born - hasRun($0, by: boundary - 1) }
    let name = "live_\(dimension.index)_\(boundary)"
    let sum = union(waiting, name: name)
    let canBePostponed = boundary % 2 == 1 && before?.isZero == false
    if sum.isZero, canBePostponed {
      return LinearSum(column: program.addColumn(name, from: 0, to: 1, isInteger: false))
    }
    return sum
  }

  private mutating func addBoundaryWidths() {
    let last = 2 * windows.layerCount
    var occupied = [LinearSum](repeating: LinearSum(0), count: last + 1)
    for index in dependencies.graph.nodes.indices {
      let reserves = dependencies.needsEmptySlot[index] && !dependencies.isInput(Dimension(index: index))
      for boundary in 0...last {
        var cover = [live[index][boundary]]
        if dependencies.mustBeErased[index], boundary > 0 { cover.append(live[index][boundary - 1]) }
        if reserves, boundary < last { cover.append(live[index][boundary + 1]) }
        occupied[boundary].add(union(cover, name: "occupied_\(index)_\(boundary)"))
      }
    }
    for sum in occupied { program.addAtMostZero(sum - LinearSum(column: halfWidth, 2)) }
  }

  /// A value at least as great as 0 and each of the sums, which are at most 1: a column, or what is needed without one.
  mutating func union(_ sums: [LinearSum], name: String) -> LinearSum {
    let open = sums.filter { !$0.terms.isEmpty }
    if sums.contains(where: { $0.terms.isEmpty && $0.constant >= 1 }) { return LinearSum(1) }
    guard let first = open.first else { return LinearSum(0) }
    if open.count == 1, first.isColumn { return first }
    let column = program.addColumn(name, from: 0, to: 1, isInteger: false)
    for sum in open { program.addAtMostZero(sum - LinearSum(column: column)) }
    unions.append((column, open))
    return LinearSum(column: column)
  }
}
