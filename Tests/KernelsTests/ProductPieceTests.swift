import Kernels
import RandomNumbers
import TestSupport
import Testing

@Suite struct ProductPieceTests {
  @Test func piecesShrinkInTwoShares() {
    let pieces = ProductPiece.pieces(of: [1024], threads: 2)
    #expect(pieces.map(\.rows) == [0..<384, 512..<896, 384..<448, 896..<960, 448..<512, 960..<1024])
  }

  @Test func oneThreadTakesEachProductWhole() {
    let pieces = ProductPiece.pieces(of: [100, 0, 3], threads: 1)
    #expect(pieces.map(\.product) == [0, 2])
    #expect(pieces.map(\.rows) == [0..<100, 0..<3])
  }

  @Test func everyRowIsInOnePieceThatBeginsWithAGroup() {
    var random = SplitMix64()
    for _ in 0..<500 {
      let rowCounts = (0..<Int.random(in: 0...5, using: &random)).map { _ in
        Int.random(in: 0...(Bool.random(using: &random) ? 70 : 3000), using: &random)
      }
      let threads = Int.random(in: 1...9, using: &random)
      let pieces = ProductPiece.pieces(of: rowCounts, threads: threads)
      let comment: Comment = "\(rowCounts) on \(threads) threads, seed \(SplitMix64.testSeed)"
      #expect(pieces.allSatisfy { !$0.rows.isEmpty && $0.rows.lowerBound % 16 == 0 }, comment)
      for (product, count) in rowCounts.enumerated() {
        let rows = pieces.filter { $0.product == product }.map(\.rows).sorted { $0.lowerBound < $1.lowerBound }
        #expect(rows.flatMap(Array.init) == Array(0..<count), comment)
      }
      if threads > 1 { #expect(pieces.last.map(\.rows.count) ?? 0 <= 64, comment) }
    }
  }
}
