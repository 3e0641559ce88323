/// The four steps of a transformer layer, in the order in which they happen.
///
/// The first two are the attention half of the layer, the last two its feed-forward half.
public enum Phase: Int, Hashable, Sendable, CaseIterable, Comparable {
  /// Lookups: attention heads.
  case attention
  /// Linear combinations in attention's output projection.
  case persist1
  /// ReGLUs and tables: neurons.
  case feedForward
  /// Linear combinations in the feed-forward output projection.
  case persist2

  public static func < (left: Phase, right: Phase) -> Bool {
    left.rawValue < right.rawValue
  }
}
