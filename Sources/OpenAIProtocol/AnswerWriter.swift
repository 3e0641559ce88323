package import ChatTemplate

/// Writes answers as OpenAI's JSON: whole, or in chunks.
package protocol AnswerWriter: Sendable {
  /// The whole response.
  func response(_ answers: CollectedAnswers) -> JSONValue

  /// The chunk that begins an answer; nil where there is none.
  func beginning(ofChoice index: Int) -> JSONValue?

  /// The chunk that goes on with an answer.
  mutating func chunk(_ delta: AnswerDelta) -> JSONValue

  /// The chunk after all answers, which says what they took.
  func chunk(_ usage: Usage) -> JSONValue
}
