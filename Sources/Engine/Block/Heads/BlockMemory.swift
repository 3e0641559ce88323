import Attention

/// A run's memory in place, while blocks are computed.
///
/// Several threads may use it, each the parts of its own levels; of the history, only positions that it has been told of.
struct BlockMemory {
  /// The same for compiled code.
  let state: UnsafeMutablePointer<RunState>
  let history: PositionHistory
  let lines: UnsafeMutablePointer<LineMemory>  // [lines]
  let gatherTotals: UnsafeMutableBufferPointer<SIMD2<Double>>  // [gathers]
  let hulls: UnsafeMutableBufferPointer<HullHeadCache>  // [insertions]
  /// The indexes that stand in for hulls.
  let indexes: [KeyIndexStorage?]  // [insertions]
  let kernel: RowKernel?

  /// Whether all keys are in indexes.
  var hasIndexesOnly: Bool { indexes.allSatisfy { $0 != nil } }
}

extension RunMemory {
  /// Opens the memory for blocks.
  func withBlockMemory<Result>(_ body: (BlockMemory) -> Result) -> Result {
    gatherTotals.withUnsafeMutableBufferPointer { gatherTotals in
      hulls.withUnsafeMutableBufferPointer { hulls in
        body(
          BlockMemory(
            state: state, history: history, lines: state.pointee.lines, gatherTotals: gatherTotals, hulls: hulls,
            indexes: indexes,
            kernel: model.blocks.kernel))
      }
    }
  }

  /// Whether all keys are in indexes.
  var hasIndexesOnly: Bool { indexes.allSatisfy { $0 != nil } }
}
