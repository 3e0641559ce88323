/// How far a draft was right.
public struct DraftOutcome: Hashable, Sendable {
  /// How many of its tokens were read, the first included.
  public let acceptedCount: Int
  /// The token that the model predicts after those.
  public let next: Int32
  /// How many positions were computed that no accepted token needed.
  public let wastedCount: Int
}
