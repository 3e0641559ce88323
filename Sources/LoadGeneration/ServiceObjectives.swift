/// What a request must meet to count as served well.
package struct ServiceObjectives: Hashable, Sendable {
  /// The longest time to the first piece of text.
  package var timeToFirstToken: Duration?
  /// The longest time from one piece of text to the next, on average over the answer.
  package var betweenTokens: Duration?

  package init(timeToFirstToken: Duration? = nil, betweenTokens: Duration? = nil) {
    self.timeToFirstToken = timeToFirstToken
    self.betweenTokens = betweenTokens
  }

  /// Whether anything is asked for.
  package var isEmpty: Bool { timeToFirstToken == nil && betweenTokens == nil }

  /// Whether a request met all of them; one that failed, or had no text, met none.
  package func areMet(by record: RequestRecord) -> Bool {
    guard record.failure == nil, let first = record.timeToFirstToken else { return false }
    if let timeToFirstToken, first > timeToFirstToken { return false }
    let gaps = record.gaps
    guard let betweenTokens, !gaps.isEmpty else { return true }
    return gaps.reduce(.zero, +) <= betweenTokens * gaps.count
  }
}
