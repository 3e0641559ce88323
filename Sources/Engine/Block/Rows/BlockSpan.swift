import Transformer

/// Which positions a block holds: neighbours, one a lane, from lane 0 on.
struct BlockSpan: Sendable {
  /// The position of lane 0.
  let first: Int
  /// The number of positions, 1 … `BlockRows.width`.
  let count: Int

  /// The number of groups of lanes that hold all positions. What the last one's other lanes hold means nothing.
  var groupCount: Int {
    (count + BlockRows.Lanes.scalarCount - 1) / BlockRows.Lanes.scalarCount
  }

  /// Puts the recency of the positions into a row.
  func fillRecency(_ row: UnsafeMutablePointer<Double>) {
    NeighbouringRecency.fill(row, from: first, count: count)
  }
}
