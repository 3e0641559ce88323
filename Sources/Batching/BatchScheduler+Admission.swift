import Clients
import PagedCache
import PrefixTree

extension BatchScheduler {
  /// Takes up waiting requests as long as there are budget, places and pages for them.
  ///
  /// The first that there are no pages for ends this: smaller ones behind it must not keep it waiting.
  mutating func admit(_ plan: inout StepPlan, _ budget: inout Int, _ now: Duration) {
    let places = min(configuration.maxRunning, configuration.tokenBudget)
    guard waiting.count > 0, budget > 0, running.count < places else { return }
    var candidates = orderedCandidates(now)[...]
    while budget > 0, running.count < places, let candidate = takeEligible(&candidates)?.id {
      guard let sequence = sequences[candidate] else { continue }
      let match = cache.match(sequence.tokens, in: sequence.request.namespace)
      if isBeingComputed(sequence, match, plan) { continue }
      guard fits(sequence, match) else { return }
      begin(candidate, match, &plan)
      guard let work = extend(candidate, limit: budget) else { continue }
      budget -= work.range.count
      plan.work.append(work)
    }
  }

  /// The next candidate; where clients have shares, of one that may spend something.
  private mutating func takeEligible(_ candidates: inout ArraySlice<Candidate>) -> Candidate? {
    guard configuration.policy == .fair else { return candidates.popFirst() }
    guard let place = shares.next(of: candidates, quantum: configuration.quantum) else { return nil }
    return candidates.remove(at: place)
  }

  /// Whether a request must be left for later because the page that it would compute first is computed in this step for
  /// another: then it can be shared.
  private func isBeingComputed(_ sequence: ServedSequence, _ match: PrefixMatch, _ plan: StepPlan) -> Bool {
    let size = cache.pool.pageSize
    let first = match.pages.count
    let range = first * size..<(first + 1) * size
    guard range.upperBound < sequence.tokens.count else { return false }
    return plan.work.contains { work in
      guard let other = sequences[work.request], other.request.namespace == sequence.request.namespace,
        work.range.lowerBound / size == first, work.range.upperBound >= range.upperBound
      else { return false }
      // A page of the tree has one way to it, so equal last pages mean equal tokens before.
      return (first == 0 || work.pages[first - 1] == match.pages[first - 1])
        && other.tokens[range] == sequence.tokens[range]
    }
  }

  /// Whether there are pages for all known tokens of a request, besides what the running ones will need for theirs and
  /// one more page for each, without which it would soon be preempted.
  private func fits(_ sequence: ServedSequence, _ match: PrefixMatch) -> Bool {
    let pool = cache.pool
    let promised = running.reduce(0) { sum, id in
      guard let other = sequences[id] else { return sum }
      return sum + pool.pageCount(forTokens: other.tokens.count) - other.pages.table.pages.count + 1
    }
    let needed = pool.pageCount(forTokens: sequence.tokens.count) - match.pages.count
    return needed + promised <= cache.availableCount - match.evictableCount
  }

  /// Gives a waiting request what is cached of it, and puts it among the running ones.
  private mutating func begin(_ id: RequestID, _ match: PrefixMatch, _ plan: inout StepPlan) {
    guard var sequence = sequences.removeValue(forKey: id) else { return }
    _ = waiting.remove(id, client: sequence.request.client)
    let adopted = cache.adopt(match, by: &sequence.pages)
    sequence.computed = adopted.tokenCount
    held += adopted.held.map { [$0] } ?? []
    plan.copies += adopted.copy.map { [$0] } ?? []
    plan.admitted.append(StepPlan.Admission(request: id, cachedTokens: adopted.tokenCount))
    totals.cachedTokens += adopted.tokenCount
    if !sequence.hasBegun {
      // Computing it again after it lost its pages costs its client nothing.
      charge(sequence, (sequence.tokens.count - sequence.computed) * configuration.promptCost)
    }
    sequence.hasBegun = true
    let place = running.firstIndex { sequences[$0].map { sequence.rank < $0.rank } ?? false } ?? running.count
    running.insert(id, at: place)
    sequences[id] = sequence
  }
}
