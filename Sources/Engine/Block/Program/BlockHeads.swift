import Transformer

// The heads of a program with rows in the place of registers. A result that nothing reads has no row.

/// A head whose keys differ in one coordinate only.
struct BlockLine: Sendable {
  /// The head's number in the sparse program.
  let line: Int
  let key: Int
  let query: Int
  let values: (x: Int, y: Int)
  let destination: (x: Int?, y: Int?)
  let rule: TransformerLayer.TieRule
}

/// A head that returns the values at the position that its query names.
struct BlockGather: Sendable {
  /// The head's number in the sparse program.
  let gather: Int
  /// The head itself, by registers.
  let head: GatherHead
  let query: (x: Int, y: Int)
  let destination: (x: Int?, y: Int?)
  /// The row of t, and one for the positions that queries name.
  let positionRow: Int
  let namedRow: Int
}

/// A hull, or the index in its place, with the heads that search it at one level.
///
/// A query must not see the keys of later positions, so each position's key is taken in just before its queries.
struct BlockLookup: Sendable {
  /// A head that searches.
  struct Search: Sendable {
    let query: (x: Int, y: Int)
    /// Which of the hull's values goes to each destination.
    let lanes: (x: Int, y: Int)
    /// A row each, that of something else where nothing reads the result.
    let destination: (x: Int, y: Int)
    /// A row for the numbers that queries ask for.
    let numberRow: Int
  }

  /// The hull, by its insertion in the sparse program.
  let hull: Int
  /// Whether keys are taken in here; a lower level has done it otherwise.
  let takesKeys: Bool
  let key: (x: Int, y: Int)
  let values: (x: Int, y: Int)
  /// A row for the keys' numbers.
  let numberRow: Int
  /// Its heads among those of the program.
  let searches: Range<Int>
}
