/// A transformer's arithmetic as flat tables: for each level, what to compute from the levels below it.
///
/// Registers are numbered so that what is computed together lies together: the four given ones, the embedding's columns, then level by level
/// sums by length, gated units and the results of heads.
struct SparseProgram: Sendable {
  /// relu(gate) · value.
  struct PackedUnit: Sendable {
    let gate: Int32
    let value: Int32
  }

  /// What can be computed once all lower levels are: ranges of the tables below.
  struct Level: Sendable {
    let functions: Range<Int>
    let sums: Range<Int>
    let units: Range<Int>
    /// The first unit's register; the others follow.
    let unitDestination: Int
    let columns: Range<Int>
    let insertions: Range<Int>
    let lines: Range<Int>
    let gathers: Range<Int>
    let searches: Range<Int>
  }

  let registerCount: Int
  let functions: [RegisterFunction]
  /// The embedding's columns that are not zero, one row for each token.
  let embedding: [Double]  // [V, columns]
  let embeddingColumns: Int
  let levels: [Level]
  let sums: [SumGroup]
  let bases: [Int32]  // [sums]
  let products: [PackedProduct]
  let units: [PackedUnit]
  /// The register that each column remembers.
  let columns: [Int]
  let insertions: [HullInsertion]
  let lines: [LineHead]
  let gathers: [GatherHead]
  let searches: [HullSearch]
}

extension SparseProgram {
  /// The register of the embedding's first column, after those of zero, t, recency and t².
  static let firstEmbeddingRegister = 4
}
