import PagedCache
import PrefixTree

extension BatchScheduler {
  /// Gives each running request some of the budget, one token at least: the one of the first rank as much as it can use.
  ///
  /// When there is no page even for one token, the running requests of the last ranks give theirs up. The first rank never
  /// does, since all pages are enough for it, and ranks do not change: so whoever is first gets to its end.
  mutating func planRunning(_ plan: inout StepPlan, _ budget: inout Int) {
    var index = 0
    while index < running.count {
      let others = running.count - index - 1
      if let work = extend(running[index], limit: budget - others) {
        budget -= work.range.count
        plan.work.append(work)
        index += 1
      } else {
        plan.preempted.append(preemptLast())
      }
    }
  }

  /// The next positions of a request, at most so many, with pages for them; nil when there is no page.
  mutating func extend(_ id: RequestID, limit: Int) -> StepPlan.Work? {
    guard var sequence = sequences.removeValue(forKey: id) else { return nil }
    defer { sequences[id] = sequence }
    if sequence.computed == sequence.pages.table.capacity {
      let found = cache.adoptMore(sequence.tokens, by: &sequence.pages)
      sequence.computed += found
      totals.cachedTokens += found
    }
    let wanted = min(sequence.tokens.count - sequence.computed, limit, configuration.maxChunk ?? .max)
    let room = sequence.pages.table.capacity - sequence.computed + cache.availableCount * cache.pool.pageSize
    let range = sequence.computed..<sequence.computed + min(wanted, room)
    guard !range.isEmpty, cache.grow(&sequence.pages, toHold: range.upperBound) else { return nil }
    sequence.planned = range
    return StepPlan.Work(
      request: id, range: range, tokens: Array(sequence.tokens[range]), pages: sequence.pages.table.pages,
      choosesToken: range.upperBound == sequence.tokens.count)
  }

  /// Takes the pages of the last rank away, to be computed again later; its full ones stay known until they are evicted.
  private mutating func preemptLast() -> RequestID {
    let id = running.removeLast()
    if var sequence = sequences.removeValue(forKey: id) {
      cache.release(&sequence.pages)
      sequences[id] = sequence
      waiting.insert(id, sequence.rank, client: sequence.request.client)
    }
    return id
  }
}
