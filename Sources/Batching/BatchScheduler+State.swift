package import Clients
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
  package func waitingCount(of client: Client) -> Int { waiting.count(of: client) }

  /// How many names of clients and programs are remembered.
  package var rememberedNames: (clients: Int, programs: Int) { (shares.count, programs.count) }

  /// One request as it is at the moment.
  package struct RequestState: Hashable, Sendable {
    package var id: RequestID
    package var client: Client
    package var program: String?
    package var isRunning: Bool
    package var promptTokens: Int
    package var generatedTokens: Int
    /// Tokens whose keys and values are in pages.
    package var computedTokens: Int
    /// Pages, and how many of them others may use too.
    package var pages: Int
    package var sharedPages: Int
  }

  /// The running requests in the order of their ranks, then the waiting ones in that of theirs.
  package var requests: [RequestState] {
    let waiting = waiting.all.compactMap { sequences[$0] }.sorted { $0.rank < $1.rank }
    return running.compactMap { sequences[$0].map { requestState($0, isRunning: true) } }
      + waiting.map { requestState($0, isRunning: false) }
  }

  private func requestState(_ sequence: ServedSequence, isRunning: Bool) -> RequestState {
    RequestState(
      id: sequence.request.id, client: sequence.request.client, program: sequence.request.program,
      isRunning: isRunning, promptTokens: sequence.request.prompt.count, generatedTokens: sequence.generatedCount,
      computedTokens: isRunning ? sequence.computed : 0, pages: sequence.pages.table.pages.count,
      sharedPages: sequence.pages.sharedCount)
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
