/// How finely activations are rounded before they meet int8 weights; those that meet other weights are not rounded.
package enum ActivationPrecision: Sendable, CaseIterable {
  /// Half the work of sixteen bits where instructions multiply bytes, and an error as large as that of the weights.
  case eightBits
  /// Rounding the weights is all the error there is.
  case sixteenBits

  /// What the largest magnitude of a block becomes.
  package var largestInteger: Float {
    switch self {
    case .eightBits: 127
    case .sixteenBits: 127 * 256
    }
  }
}
