/// Where a number of every position is found.
enum GatheredColumn: Hashable, Sendable {
  /// In a column of the embedding, by the position's token.
  case embedding(Int)
  /// In a column of its own.
  case stored(Int)
}

/// The numbers of all positions that heads may gather, in place.
struct PositionHistory {
  let tokens: UnsafeMutablePointer<Int32>  // [positions]
  let embedding: UnsafePointer<Double>  // [V, embedding columns]
  let embeddingColumns: Int
  let stored: UnsafeMutablePointer<Double>  // [positions, columns]
  let columnCount: Int

  /// The number of a column at a position that has been read.
  @inline(__always)
  subscript(position: Int, column: GatheredColumn) -> Double {
    switch column {
    case .embedding(let column): embedding[Int(tokens[position]) * embeddingColumns + column]
    case .stored(let column): stored[position * columnCount + column]
    }
  }
}
