/// How a run went.
public struct Generation: Hashable, Sendable {
  /// Why a run ended.
  public enum Ending: Hashable, Sendable {
    /// The stop token was generated.
    case stopToken
    /// As many tokens were generated as were allowed.
    case limit
    /// The caller wanted no more.
    case interrupted
  }

  /// The number of tokens that were given.
  public let promptTokens: Int
  /// The number of tokens that were generated, the stop token included.
  public let generatedTokens: Int
  /// Why the run ended.
  public let ending: Ending
}
