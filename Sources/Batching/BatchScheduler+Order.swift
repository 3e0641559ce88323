import PagedCache
import PrefixTree

extension BatchScheduler {
  /// The waiting requests in the order of the policy, those that it holds equal in the order of their ranks; of each client
  /// those that have waited longest.
  func orderedCandidates(_ now: Duration) -> [Candidate] {
    waiting.first(configuration.lookahead).compactMap { id -> (aged: Preference, rank: Rank, candidate: Candidate)? in
      guard let sequence = sequences[id] else { return nil }
      let request = sequence.request
      let preference = Preference(
        priority: request.priority,
        programLevel: programs.level(of: request.program, of: request.client, quantum: configuration.quantum),
        cachedPages: cachedPages(sequence))
      var aged = preference
      aged.priority += aging(now - sequence.arrival)
      return (aged, sequence.rank, Candidate(id: id, client: request.client, preference: preference))
    }
    .sorted { ($0.aged, $0.rank) < ($1.aged, $1.rank) }
    .map(\.candidate)
  }

  /// The priorities that waiting adds.
  private func aging(_ waited: Duration) -> Int {
    guard let interval = configuration.agingInterval else { return 0 }
    return Int(min(waited / interval, 1e9))
  }

  /// What is less than a page saves less than taking turns is worth.
  private func cachedPages(_ sequence: ServedSequence) -> Int {
    guard configuration.policy != .firstCome else { return 0 }
    return cache.match(sequence.tokens, in: sequence.request.namespace).pages.count
  }
}
