import Foundation
import Testing
import Transformer

@Suite struct PositionEncodingTests {
  private static func formula(_ t: Int) -> Double {
    1 / log(2.0) - 1 / log(Double(t) + 2)
  }

  /// Positions from the first to the last that engines take, close together where the series begins.
  private static let positions =
    Array(0..<70_000) + (17...26).flatMap { power in (1 << power) - 70..<(1 << power) + 70 }

  /// Within the last digit or two of the formula, which in binary64 is no better itself.
  @Test func recencyIsTheFormulas() {
    for t in Self.positions {
      let difference = abs(PositionEncoding(t).inverseLog - Self.formula(t))
      #expect(difference <= 2 * Self.formula(t).ulp, "position \(t): \(difference) off")
    }
  }

  @Test func recencyGrows() {
    #expect(PositionEncoding(0).inverseLog == 0)
    for (t, next) in zip(Self.positions, Self.positions.dropFirst()) {
      #expect(PositionEncoding(t).inverseLog < PositionEncoding(next).inverseLog, "position \(t)")
    }
  }

  /// Rows are filled with the same numbers, wherever they begin.
  @Test func rowsAreTheSame() {
    for first in [0, 1, 31, 4090, 4096, 5001, 999_999, (1 << 26) - 40] {
      var row = [Double](repeating: -1, count: 40)
      row.withUnsafeMutableBufferPointer { row in
        if let base = row.baseAddress { NeighbouringRecency.fill(base, from: first, count: 37) }
      }
      #expect(row == (first..<first + 37).map { PositionEncoding($0).inverseLog } + [-1, -1, -1], "from \(first)")
    }
  }

  @Test func positionAndSquareAreExact() {
    for t in [0, 1, 4096, 1 << 26] {
      #expect(PositionEncoding(t).position == Double(t) && PositionEncoding(t).square == Double(t * t))
    }
  }
}
