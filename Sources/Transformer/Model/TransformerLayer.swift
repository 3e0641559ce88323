/// The weights of one layer: attention with heads two wide, then a gated feed-forward block. No normalisation, no bias.
///
/// With D the model width and F the feed-forward width, a layer maps the residual stream x to
///
///     x += outProjection · attention(inProjection · x);   erase
///     x += feedForwardOut · (relu(gate) · value);         erase
///
/// where `gate` and `value` are the two halves of `feedForwardIn · x`, and erasing sets the named slots to exactly 0.
public struct TransformerLayer: Hashable, Sendable {
  /// Which value a head returns when several keys share the highest score.
  public enum TieRule: Int32, Hashable, Sendable, CaseIterable {
    /// The mean of the values of all of them.
    case average = 0
    /// The value of the latest of them.
    case latest = 1
  }

  /// What a head was built for. A remark for readers and printers: nothing is computed from it.
  public enum HeadRole: Int32, Hashable, Sendable, CaseIterable {
    /// Finds a key among the earlier positions.
    case lookup = 0
    /// Reads its own position, to forward or to erase residual slots.
    case passthrough = 1
    /// Reads the position that its query names.
    case gather = 2
  }

  /// Rows of q, then of k, then of v; head h owns rows 2h and 2h + 1 of each third.
  public let inProjection: Matrix  // [3D, D]
  /// From the heads' values back to the residual stream; head h owns columns 2h and 2h + 1.
  public let outProjection: Matrix  // [D, D]
  /// F gate rows, then F value rows.
  public let feedForwardIn: Matrix  // [2F, D]
  /// From the gated neurons back to the residual stream.
  public let feedForwardOut: Matrix  // [D, F]
  /// Residual slots set to 0 after attention, in the order in which they are stored.
  public let erasedAfterAttention: [Int]
  /// Residual slots set to 0 after the feed-forward block, in the order in which they are stored.
  public let erasedAfterFeedForward: [Int]
  /// The tie rule of each head.
  public let tieRules: [TieRule]  // [heads]
  /// The role of each head.
  public let headRoles: [HeadRole]  // [heads]

  /// Gathers the parts of a layer. Shapes are checked where layers become a model.
  public init(
    inProjection: Matrix, outProjection: Matrix, feedForwardIn: Matrix, feedForwardOut: Matrix,
    erasedAfterAttention: [Int] = [], erasedAfterFeedForward: [Int] = [],
    tieRules: [TieRule], headRoles: [HeadRole]
  ) {
    self.inProjection = inProjection
    self.outProjection = outProjection
    self.feedForwardIn = feedForwardIn
    self.feedForwardOut = feedForwardOut
    self.erasedAfterAttention = erasedAfterAttention
    self.erasedAfterFeedForward = erasedAfterFeedForward
    self.tieRules = tieRules
    self.headRoles = headRoles
  }
}
