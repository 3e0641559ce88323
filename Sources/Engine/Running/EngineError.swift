/// Why an engine could not read a token.
public struct EngineError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The sort of failure, for code that reacts to it.
  public enum Kind: Hashable, Sendable {
    /// The token's id is not one of the vocabulary's.
    case unknownToken(Int, vocabularySize: Int)
    /// There is no token to begin with.
    case emptyPrompt
    /// The engine is exact up to a number of positions, and they are used up.
    case tooManyPositions(limit: Int)
  }

  /// The sort of failure.
  public let kind: Kind
  /// The position at which the token would have stood.
  public let position: Int

  /// An error at a position.
  public init(_ kind: Kind, position: Int) {
    self.kind = kind
    self.position = position
  }

  /// One line: the position, what was expected and what was found.
  public var description: String {
    switch kind {
    case .unknownToken(let token, let size):
      "position \(position): expected a token from 0 to \(size - 1), found \(token)"
    case .emptyPrompt:
      "position \(position): expected a prompt of at least one token, found none"
    case .tooManyPositions(let limit):
      "the trace has reached \(limit) tokens, as far as positions are exact"
    }
  }
}
