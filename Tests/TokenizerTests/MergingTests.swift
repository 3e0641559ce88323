import RandomNumbers
import Testing
import Tokenizer

@Suite struct MergingTests {
  /// Merges by the definition: of all pairs the one of least rank, of these the first, until none merges.
  private func merged(_ piece: [UInt8], _ ranks: [[UInt32]: (rank: Int, id: UInt32)]) -> [Int] {
    var symbols = piece.map(UInt32.init)
    while true {
      let pairs = symbols.indices.dropLast().compactMap { index in
        ranks[[symbols[index], symbols[index + 1]]].map { (rank: $0.rank, index: index, id: $0.id) }
      }
      guard let best = pairs.min(by: { ($0.rank, $0.index) < ($1.rank, $1.index) }) else {
        return symbols.map(Int.init)
      }
      symbols.replaceSubrange(best.index...best.index + 1, with: [best.id])
    }
  }

  @Test func mergesFollowTheirDefinition() {
    for seed in 0..<300 {
      var random = SplitMix64(seed: UInt64(seed))
      var table = MergeTable(expecting: 0)
      var ranks: [[UInt32]: (rank: Int, id: UInt32)] = [:]
      var symbols: [UInt32] = [97, 98, 99]
      for rank in 0..<random.index(below: 40) + 1 {
        let pair = [symbols[random.index(below: symbols.count)], symbols[random.index(below: symbols.count)]]
        let id = UInt32(256 + rank)
        table.insert(pair[0], pair[1], rank: rank, id: id)
        ranks[pair] = (rank, id)
        symbols.append(id)
      }
      let encoder = BytePairEncoder(merges: table) { UInt32($0) }
      // Both ways of merging: pieces are searched up to 48 bytes, and longer ones keep a heap.
      for count in [0, 1, 2, 3, 10, 47, 48, 49, 50, 120] {
        let piece = (0..<count).map { _ in UInt8(97 + random.index(below: 3)) }
        var tokens: [Int] = []
        piece.withUnsafeBufferPointer { encoder.encode($0, into: &tokens) }
        #expect(tokens == merged(piece, ranks), "seed \(seed), \(count) bytes")
      }
    }
  }

  @Test func aMegabyteOfOneLetterIsMergedInTime() throws {
    let tokenizer = try Fixture.tokenizer("bytes.json")
    let ids = tokenizer.encode(text: String(repeating: "a", count: 1 << 20))
    let four = try #require(tokenizer.convertTokenToId("aaaa"))
    #expect(ids == Array(repeating: four, count: 1 << 18))
  }
}
