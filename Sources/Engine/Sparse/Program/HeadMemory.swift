import Attention

/// What a run remembers of earlier positions.
struct HeadMemory: Sendable {
  private let columnCount: Int
  /// The numbers that heads gather by position.
  private var history: [Double] = []  // [positions, columns]
  /// The sums over all positions of the values that a gathering head could return, for the rule `average`.
  private var gatherTotals: [SIMD2<Double>]  // [gathers]
  private var lines: [LineMemory]  // [lines]
  private var hulls: [HullHeadCache]  // [insertions]
  /// The indexes that stand in for hulls as long as their premise holds.
  private var indexes: [KeyIndex?]  // [insertions]
  private var refusal = -1

  /// - Parameter needHull: The hulls, by their insertion, whose keys no index can hold.
  init(_ program: SparseProgram, needHull: Set<Int>) {
    indexes = program.insertions.indices.map { insertion in
      program.insertions[insertion].mayUseIndex && !needHull.contains(insertion) ? KeyIndex() : nil
    }
    columnCount = program.columns.count
    gatherTotals = Array(repeating: .zero, count: program.gathers.count)
    lines = Array(repeating: LineMemory(), count: program.lines.count)
    hulls = program.insertions.map { HullHeadCache(tieRule: $0.rule.attentionRule) }
  }

  /// The hull whose index could not take in a key or answer a query; nothing after it can be relied on. Nil when all could.
  var refusedHull: Int? { refusal < 0 ? nil : refusal }

  /// Whether an index stands in for a hull.
  var hasIndex: Bool { indexes.contains { $0 != nil } }

  /// Makes room for one more position and opens everything for a step of the program.
  mutating func withHandle(_ body: (Handle) -> Void) {
    for _ in 0..<columnCount { history.append(0) }
    history.withUnsafeMutableBufferPointer { history in
      gatherTotals.withUnsafeMutableBufferPointer { gatherTotals in
        lines.withUnsafeMutableBufferPointer { lines in
          hulls.withUnsafeMutableBufferPointer { hulls in
            indexes.withUnsafeMutableBufferPointer { indexes in
              withUnsafeMutablePointer(to: &refusal) { refusal in
                body(
                  Handle(
                    history: PositionHistory(values: history, columnCount: columnCount), gatherTotals: gatherTotals,
                    lines: lines, hulls: hulls, indexes: indexes, refusal: refusal))
              }
            }
          }
        }
      }
    }
  }

  /// The memory in place, for the duration of one step.
  struct Handle {
    let history: PositionHistory
    let gatherTotals: UnsafeMutableBufferPointer<SIMD2<Double>>
    let lines: UnsafeMutableBufferPointer<LineMemory>
    let hulls: UnsafeMutableBufferPointer<HullHeadCache>
    let indexes: UnsafeMutableBufferPointer<KeyIndex?>
    let refusal: UnsafeMutablePointer<Int>

    /// Takes a key and its values into a hull or the index that stands in for it.
    @inline(__always)
    func insert(_ hull: Int, key: SIMD2<Double>, value: SIMD2<Double>, position: Int) {
      if let isTaken = indexes[hull]?.insert(key: key, value: value, position: position) {
        if !isTaken { refusal.pointee = hull }
      } else {
        hulls[hull].insert(key: key, value: value)
      }
    }

    /// What a query of a hull, or of the index that stands in for it, attends to.
    @inline(__always)
    func query(_ hull: Int, _ query: SIMD2<Double>) -> SIMD2<Double> {
      guard let index = indexes[hull] else { return hulls[hull].queryInPlace(query) }
      if let value = index.query(query) { return value }
      refusal.pointee = hull
      return .zero
    }
  }
}

/// Numbers remembered for every position, in place.
struct PositionHistory {
  let values: UnsafeMutableBufferPointer<Double>  // [positions, columns]
  let columnCount: Int

  /// The number of a column at a position.
  @inline(__always)
  subscript(position: Int, column: Int) -> Double {
    get { values[position * columnCount + column] }
    nonmutating set { values[position * columnCount + column] = newValue }
  }
}
