/// Why a graph could not be evaluated, and at which position.
public struct EvaluatorError: Error, Hashable, Sendable, CustomStringConvertible {
  public enum Kind: Hashable, Sendable {
    /// A token id outside the vocabulary.
    case unknownToken(id: Int, vocabularySize: Int)
    /// A prompt without tokens, after which nothing can be predicted.
    case emptyPrompt
  }

  public let kind: Kind
  /// The position that the token would have had.
  public let position: Int

  public init(_ kind: Kind, position: Int) {
    self.kind = kind
    self.position = position
  }

  public var description: String {
    switch kind {
    case .unknownToken(let id, let size):
      "evaluator: position \(position): expected a token id from 0 to \(size - 1), found \(id)"
    case .emptyPrompt:
      "evaluator: position \(position): expected at least one token to continue from"
    }
  }
}
