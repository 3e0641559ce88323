import Attention

/// What a run remembers of earlier positions.
struct HeadMemory: Sendable {
  /// The values of registers at all positions. [columns, positions]
  var columns: [[Double]]
  /// The sums of the values that each gathering head could return, for heads with the rule `average`.
  var gatherTotals: [SIMD2<Double>]
  var lines: [LineMemory]
  var hulls: [HullHeadCache]

  init(_ program: SparseProgram) {
    columns = Array(repeating: [], count: program.columns.count)
    gatherTotals = Array(repeating: .zero, count: program.gathers.count)
    lines = Array(repeating: LineMemory(), count: program.lines.count)
    hulls = program.insertions.map { HullHeadCache(tieRule: $0.rule.attentionRule) }
  }
}
