/// One token of the vocabulary: what it puts into the residual stream and how it is scored.
public struct TokenDefinition: Hashable, Sendable {
  /// The text form, unique in the vocabulary, without white space.
  public let text: String
  /// The value of each input dimension that is not 0 for this token.
  public let embedding: [Dimension: Double]
  /// The logit: a row of the output head.
  public let score: Expression

  public init(text: String, embedding: [Dimension: Double], score: Expression) {
    self.text = text
    self.embedding = embedding
    self.score = score
  }
}
