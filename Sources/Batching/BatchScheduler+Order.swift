import PagedCache
import PrefixTree

extension BatchScheduler {
  /// What decides which waiting request is taken up first; the least goes first.
  private struct Order: Comparable {
    /// The priority, and what was added to it for waiting.
    var priority: Int
    var programLevel: Int
    /// Tokens that need not be computed, where the policy looks at them.
    var cachedTokens: Int
    var rank: Rank
    var id: RequestID

    static func < (one: Self, other: Self) -> Bool {
      (-one.priority, one.programLevel, -one.cachedTokens, one.rank)
        < (-other.priority, other.programLevel, -other.cachedTokens, other.rank)
    }
  }

  /// The waiting requests in the order of the policy, of each client those that have waited longest.
  func orderedCandidates(_ now: Duration) -> [RequestID] {
    waiting.first(configuration.lookahead).compactMap { id -> Order? in
      guard let sequence = sequences[id] else { return nil }
      return Order(
        priority: sequence.request.priority + aging(now - sequence.arrival),
        programLevel: programs.level(
          of: sequence.request.program, of: sequence.request.client, quantum: configuration.quantum),
        cachedTokens: cachedTokens(sequence), rank: sequence.rank, id: id)
    }
    .sorted().map(\.id)
  }

  /// The priorities that waiting adds.
  private func aging(_ waited: Duration) -> Int {
    guard let interval = configuration.agingInterval else { return 0 }
    return Int(min(waited / interval, 1e9))
  }

  private func cachedTokens(_ sequence: ServedSequence) -> Int {
    guard configuration.policy != .firstCome else { return 0 }
    let match = cache.match(sequence.tokens, in: sequence.request.namespace)
    return match.pages.count * cache.pool.pageSize + (match.partial?.tokenCount ?? 0)
  }
}
