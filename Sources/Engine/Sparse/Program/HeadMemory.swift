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

  init(_ program: SparseProgram) {
    columnCount = program.columns.count
    gatherTotals = Array(repeating: .zero, count: program.gathers.count)
    lines = Array(repeating: LineMemory(), count: program.lines.count)
    hulls = program.insertions.map { HullHeadCache(tieRule: $0.rule.attentionRule) }
  }

  /// Makes room for one more position and opens everything for a step of the program.
  mutating func withHandle(_ body: (Handle) -> Void) {
    for _ in 0..<columnCount { history.append(0) }
    history.withUnsafeMutableBufferPointer { history in
      gatherTotals.withUnsafeMutableBufferPointer { gatherTotals in
        lines.withUnsafeMutableBufferPointer { lines in
          hulls.withUnsafeMutableBufferPointer { hulls in
            body(
              Handle(
                history: PositionHistory(values: history, columnCount: columnCount), gatherTotals: gatherTotals,
                lines: lines, hulls: hulls))
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
