/// What a stream of a served request brings.
package enum ServedPart: Hashable, Sendable {
  /// That the request is taken up, and how many tokens of its prompt need not be computed; the first element.
  case begun(cachedTokens: Int)
  /// The next token.
  case token(ChosenToken)
  /// What the request took; the last element.
  case end(ServedInfo)
}

/// A token, and how probable it was.
package struct ChosenToken: Hashable, Sendable {
  /// A token with the logarithm of its probability, to the base e.
  package struct Candidate: Hashable, Sendable {
    package var token: Int
    package var logProbability: Float

    package init(token: Int, logProbability: Float) {
      self.token = token
      self.logProbability = logProbability
    }
  }

  package var token: Int
  /// The logarithm of its probability before temperature and the other parameters, if that was asked for.
  package var logProbability: Float?
  /// The most probable tokens, if they were asked for.
  package var candidates: [Candidate] = []

  package init(token: Int) {
    self.token = token
  }
}

/// What a served request took.
package struct ServedInfo: Hashable, Sendable {
  /// Why a text ended.
  package enum StopReason: String, Hashable, Sendable {
    /// A token that ends a text was chosen.
    case stop
    /// The most tokens, or the end of the context or of the pages, were reached.
    case length
  }

  package var stopReason: StopReason
  package var promptTokens: Int
  /// Tokens of the prompt that did not have to be computed when the request was first taken up.
  package var cachedTokens: Int
  package var generatedTokens: Int
  /// From its submission until it was taken up.
  package var queueTime: Duration
  /// From its submission to its first token.
  package var timeToFirstToken: Duration
  /// From its submission to its end.
  package var totalTime: Duration
  /// How often it lost its pages to others.
  package var preemptions: Int
}
