/// Merges the bytes of a piece into tokens, always the pair of least rank first, of equal ones the leftmost.
package struct BytePairEncoder: Sendable {
  /// The tokens of the 256 single bytes; nil where the vocabulary has none.
  private let byteTokens: [UInt32?]
  /// The token of bytes that have none of their own; nil: such bytes are dropped.
  private let unknownToken: UInt32?
  /// Whether adjacent unknown bytes make one unknown token.
  private let fusesUnknown: Bool
  private let merges: MergeTable
  /// Whether each byte is part of a token of its own bytes: none is dropped, or fused with others that are unknown.
  let keepsAllBytes: Bool

  /// Pieces of at most so many bytes are searched for the next merge from the front; longer ones keep a heap.
  private static let longestSearched = 48

  /// An encoder for the tokens of single bytes and the merges of pairs.
  package init(
    merges: MergeTable, unknownToken: UInt32? = nil, fusesUnknown: Bool = false, byteToken: (UInt8) -> UInt32?
  ) {
    byteTokens = (0...255).map(byteToken)
    keepsAllBytes = !byteTokens.contains(nil)
    self.unknownToken = unknownToken
    self.fusesUnknown = fusesUnknown
    self.merges = merges
  }

  /// Appends the tokens of `piece`.
  /// - Complexity: O(n log n) in the length of the piece.
  package func encode(_ piece: UnsafeBufferPointer<UInt8>, into tokens: inout [Int]) {
    if piece.count <= Self.longestSearched {
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: Self.longestSearched) { ids in
        withUnsafeTemporaryAllocation(of: UInt64.self, capacity: Self.longestSearched) { pairs in
          let count = start(piece) { ids[$0] = $1 }
          mergeBySearching(ids, pairs, count, into: &tokens)
        }
      }
    } else {
      var symbols = [UInt32](repeating: 0, count: piece.count)
      let count = start(piece) { symbols[$0] = $1 }
      var heap = MergeHeap(symbols: symbols[..<count], merges: merges)
      heap.mergeAll(merges)
      heap.forEachSymbol { tokens.append(Int($0)) }
    }
  }

  /// Passes on the tokens of the piece's single bytes, numbered from 0, and returns their number.
  @inline(__always)
  private func start(_ piece: UnsafeBufferPointer<UInt8>, _ body: (Int, UInt32) -> Void) -> Int {
    var count = 0
    var isAfterUnknown = false
    for byte in piece {
      if let token = byteTokens.withUnsafeBufferPointer({ $0[Int(byte)] }) {
        body(count, token)
        count += 1
        isAfterUnknown = false
      } else if let unknownToken {
        if !(isAfterUnknown && fusesUnknown) {
          body(count, unknownToken)
          count += 1
        }
        isAfterUnknown = true
      }
    }
    return count
  }

  /// - Parameter ids: the symbols, `count` of them.
  /// - Parameter pairs: room for the merges of each symbol with the next.
  private func mergeBySearching(
    _ ids: UnsafeMutableBufferPointer<UInt32>, _ pairs: UnsafeMutableBufferPointer<UInt64>, _ count: Int,
    into tokens: inout [Int]
  ) {
    var pairCount = max(count - 1, 0)
    for index in 0..<pairCount { pairs[index] = merges[ids[index], ids[index + 1]].packed }
    while pairCount > 0 {
      var best = 0
      for index in 1..<max(pairCount, 1) where pairs[index] < pairs[best] { best = index }
      let merge = MergeTable.Merge(packed: pairs[best])
      if merge.packed == .max { break }
      ids[best] = merge.id
      pairCount -= 1
      for index in best..<pairCount {
        ids[index + 1] = ids[index + 2]
        pairs[index] = pairs[index + 1]
      }
      if best > 0 { pairs[best - 1] = merges[ids[best - 1], ids[best]].packed }
      if best < pairCount { pairs[best] = merges[ids[best], ids[best + 1]].packed }
    }
    for index in 0..<(count == 0 ? 0 : pairCount + 1) { tokens.append(Int(ids[index])) }
  }
}
