import PagedCache
import PrefixTree

extension BatchScheduler {
  /// What was done since the scheduler was made.
  package struct Totals: Hashable, Sendable {
    /// Tokens that were planned to be computed.
    package var computedTokens = 0
    /// Tokens that did not have to be computed when their request was taken up.
    package var cachedTokens = 0
    /// Tokens that were chosen.
    package var generatedTokens = 0
    /// How often a request lost its pages.
    package var preemptions = 0
  }

  /// How things are at the moment.
  package struct State: Hashable, Sendable {
    package var waiting: Int
    package var running: Int
    /// Pages that nobody holds.
    package var freePages: Int
    /// Pages that hold prefixes which nobody uses.
    package var evictablePages: Int
    /// Pages that requests use.
    package var protectedPages: Int
    /// Pages that were evicted so far.
    package var evictedPages: Int
  }

  /// How things are at the moment.
  package var state: State {
    State(
      waiting: waiting.count, running: running.count, freePages: cache.freeCount, evictablePages: cache.evictableCount,
      protectedPages: cache.protectedCount, evictedPages: cache.evictedCount)
  }

  /// Requests of one client that wait.
  package func waitingCount(of client: String) -> Int { waiting.count(of: client) }

  /// How many names of clients and programs are remembered.
  package var rememberedNames: (clients: Int, programs: Int) { (deficits.count, programs.count) }

  /// Where a running request is: its known and its computed tokens; nil when it does not run.
  package func progress(of id: RequestID) -> (known: Int, computed: Int)? {
    guard running.contains(id), let sequence = sequences[id] else { return nil }
    return (sequence.tokens.count, sequence.computed)
  }

  /// Counts all pages and locks anew: what is wrong, a line each.
  package func violations() -> [String] {
    var found = cache.violations(sequences: sequences.values.map(\.pages), held: held)
    if Set(running).count + waiting.count != sequences.count || Set(running).count != running.count {
      found.append("\(running.count) running and \(waiting.count) waiting requests are \(sequences.count)")
    }
    let ranks = running.compactMap { sequences[$0]?.rank }
    if ranks != ranks.sorted() { found.append("the running requests are not in the order of their ranks") }
    for id in waiting.all where sequences[id]?.pages.table.pages.isEmpty != true {
      found.append("\(id) waits and has pages")
    }
    return found
  }
}
