import Foundation

/// The recency of neighbouring positions, by one logarithm for all of them.
///
/// Engines ask for it at every position, where a logarithm would take a tenth of their time. Positions are taken together in runs of `count`, from
/// multiples of it on, and ln(t + 2) is ln n + ln(1 + x) with n = first + 2 and x = (t − first) / n, of which the series' first terms are all
/// that binary64 can hold. Early positions, where x is not small enough, have logarithms of their own.
@usableFromInline
package struct NeighbouringRecency: Hashable, Sendable {
  /// The number of positions in a run.
  @inlinable package static var count: Int { 32 }
  /// From here on x < 2⁻⁷, and what is left out of ln(1 + x) is less than x⁷ / 7 < 2⁻⁵¹, where ln n > 8 has its last digit at 2⁻⁴⁹.
  private static let firstSeries = 4096

  /// The first position of the run.
  @usableFromInline let first: Int
  /// 1 / ln 2.
  @usableFromInline let limit: Double
  /// ln n and 1 / n; 0 where every position has a logarithm of its own.
  @usableFromInline let logarithm: Double
  @usableFromInline let reciprocal: Double

  /// The run of a position t ≥ 0.
  package init(of t: Int) {
    first = t & ~(Self.count - 1)
    let isSeries = first >= Self.firstSeries
    limit = 1 / log(2.0)
    logarithm = isSeries ? log(Double(first + 2)) : 0
    reciprocal = isSeries ? 1 / Double(first + 2) : 0
  }

  /// Whether a position belongs to the run.
  @inlinable package func contains(_ t: Int) -> Bool {
    t & ~(Self.count - 1) == first
  }

  /// 1/ln 2 − 1/ln(t + 2) for a position of the run.
  @inlinable package func inverseLog(at t: Int) -> Double {
    logarithm > 0 ? seriesInverseLog(at: t) : earlyInverseLog(at: t)
  }

  @inlinable func seriesInverseLog(at t: Int) -> Double {
    let x = Double(t &- first) * reciprocal
    let series = x * (1 - x * (1.0 / 2 - x * (1.0 / 3 - x * (1.0 / 4 - x * (1.0 / 5 - x * (1.0 / 6))))))
    return limit - 1 / (logarithm + series)
  }

  @usableFromInline func earlyInverseLog(at t: Int) -> Double {
    limit - 1 / log(Double(t) + 2)
  }

  /// Fills a row with the recency of neighbouring positions, whichever runs they belong to.
  package static func fill(_ row: UnsafeMutablePointer<Double>, from first: Int, count: Int) {
    let end = first + count
    var position = first
    while position < end {
      let run = NeighbouringRecency(of: position)
      let runEnd = min(end, run.first + Self.count)
      if run.logarithm > 0 {
        // A loop without a branch, which the compiler computes in vectors.
        for t in position..<runEnd { row[t &- first] = run.seriesInverseLog(at: t) }
      } else {
        for t in position..<runEnd { row[t &- first] = run.earlyInverseLog(at: t) }
      }
      position = runEnd
    }
  }
}
