/// What became of one request; times are since the load began.
package struct RequestRecord: Sendable {
  /// When it was to be sent. Waiting is counted from here, even if it was sent later.
  package var due: Duration
  package var sent: Duration
  /// When each piece of text came.
  package var pieces: [Duration] = []
  package var end: Duration
  package var promptTokens = 0
  package var cachedTokens = 0
  /// As the server counts them; the pieces where it does not.
  package var generatedTokens = 0
  package var failure: LoadFailure?
  /// What the server said where it refused the request.
  package var refusal: String?

  package init(due: Duration, sent: Duration) {
    self.due = due
    self.sent = sent
    end = sent
  }

  /// How long the first piece of text took; nil when none came.
  package var timeToFirstToken: Duration? { pieces.first.map { $0 - due } }

  /// The times from each piece to the next.
  package var gaps: [Duration] { zip(pieces.dropFirst(), pieces).map { $0 - $1 } }

  /// How long it took in all.
  package var totalTime: Duration { end - due }

  mutating func take(_ piece: AnswerPiece, at time: Duration) {
    if piece.hasText { pieces.append(time) }
    guard let usage = piece.usage else { return }
    promptTokens = usage.promptTokens ?? promptTokens
    generatedTokens = usage.completionTokens ?? generatedTokens
    cachedTokens = usage.promptTokensDetails?.cachedTokens ?? cachedTokens
  }
}
