/// Rows of one of several products: what a thread computes at once.
package struct ProductPiece: Hashable, Sendable {
  /// The product's number.
  package var product: Int
  package var rows: Range<Int>

  /// Products with so many rows each, cut for a number of threads, in the order in which these take the pieces.
  ///
  /// Threads that take turns each go through a share of their own, since memory is read fastest in long streams of addresses
  /// that are far from those of others: first through three quarters of the share, then of what is left, down to 64 rows, so
  /// that in the end nobody waits for long. Pieces begin at multiples of sixteen rows.
  package static func pieces(of rowCounts: [Int], threads: Int) -> [ProductPiece] {
    // The products one below the other, each filled up to whole groups of sixteen rows.
    let total = rowCounts.reduce(0) { $0 + padded($1) }
    let share = max(padded((total + threads - 1) / threads), 1)
    var rests = stride(from: 0, to: total, by: share).map { $0..<min($0 + share, total) }
    var pieces: [ProductPiece] = []
    while rests.contains(where: { !$0.isEmpty }) {
      for (number, rest) in rests.enumerated() where !rest.isEmpty {
        let size = threads == 1 ? rest.count : max(rest.count * 3 / 4 / 64 * 64, 64)
        let end = min(rest.lowerBound + size, rest.upperBound)
        append(rest.lowerBound..<end, of: rowCounts, to: &pieces)
        rests[number] = end..<rest.upperBound
      }
    }
    return pieces
  }

  private static func padded(_ rows: Int) -> Int { (rows + 15) / 16 * 16 }

  /// Appends the parts of the products that some rows cover.
  private static func append(_ rows: Range<Int>, of rowCounts: [Int], to pieces: inout [ProductPiece]) {
    var first = 0
    for (number, count) in rowCounts.enumerated() {
      let part = rows.clamped(to: first..<first + count)
      if !part.isEmpty {
        pieces.append(ProductPiece(product: number, rows: part.lowerBound - first..<part.upperBound - first))
      }
      first += padded(count)
    }
  }
}
