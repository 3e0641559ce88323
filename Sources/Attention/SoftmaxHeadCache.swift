import Foundation

/// Soft attention as a transformer computes it, in binary64: the mean of all values, weighted by e to the power of
/// `scale` times the score.
///
/// It has no tie rule. It exists to show how far the hard attention that a compiled model relies on and a literal
/// softmax agree: they part when the margin between the two best scores, times `scale`, no longer silences the second,
/// or when the margin is lost in rounding the scores.
///
/// - Complexity: O(1) an insertion, O(`count`) a query, 32 bytes a key.
public struct SoftmaxHeadCache: HeadCache {
  /// What scores are multiplied by before the exponential, greater being harder. A power of two leaves their
  /// significands alone.
  public let scale: Double
  private var keys: [SIMD2<Double>] = []
  private var values: [SIMD2<Double>] = []

  /// An empty cache that multiplies scores by `scale`.
  public init(scale: Double) {
    self.scale = scale
  }

  public var count: Int { keys.count }

  public var retainedKeyCount: Int { keys.count }

  public mutating func insert(key: SIMD2<Double>, value: SIMD2<Double>) {
    keys.append(key.clampedToFinite)
    values.append(value)
  }

  public func query(_ query: SIMD2<Double>) -> SIMD2<Double> {
    if keys.isEmpty { return .zero }
    let query = query.clampedToFinite * scale
    let scores = keys.map { ($0 * query).sum() }
    // Subtracting the greatest score keeps the exponential from overflowing and cancels out of the quotient.
    let greatest = scores.reduce(-Double.infinity, max)
    var weighted = SIMD2<Double>.zero
    var total = 0.0
    for (score, value) in zip(scores, values) {
      let weight = exp(score - greatest)
      weighted += value * weight
      total += weight
    }
    return weighted / total
  }
}
