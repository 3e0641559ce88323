package import Clients
import PagedCache
package import PrefixTree

extension ProgramServer {
  /// What was done so far.
  package struct Totals: Hashable, Sendable {
    /// Tokens of programs that were read for all their runs.
    package var prefixTokens = 0
    /// Tokens of prompts that a run found read.
    package var cachedTokens = 0
    package var generatedTokens = 0
    package var endedRuns = 0
    package var preemptions = 0

    fileprivate mutating func add(_ other: Totals) {
      prefixTokens += other.prefixTokens
      cachedTokens += other.cachedTokens
      generatedTokens += other.generatedTokens
      endedRuns += other.endedRuns
      preemptions += other.preemptions
    }
  }

  /// One run as it is at a moment.
  package struct RunState: Hashable, Sendable {
    package var number: Int
    package var client: Client
    /// Whether it takes turns with others; it may wait for its program to be read.
    package var hasBegun: Bool
    package var promptTokens: Int
    package var generatedTokens: Int
    /// Tokens that its machine has read.
    package var computedTokens: Int
    /// Pages, and how many of them others may use too.
    package var pages: Int
    package var sharedPages: Int
  }

  /// How things are at a moment.
  package struct State: Hashable, Sendable {
    package var waitingRuns: Int
    package var begunRuns: Int
    package var computingSlices: Int
    /// Pages that nobody has, that only programs have which nobody runs, and that runs have; of `pageBytes` bytes each.
    package var freePages: Int
    package var evictablePages: Int
    package var protectedPages: Int
    package var pageBytes: Int
    /// Tokens of a page.
    package var pageSize: Int
    /// Pages that were taken from programs so far.
    package var evictedPages: Int
  }

  /// How things are at the moment.
  package var state: State {
    State(
      waitingRuns: waiting.count, begunRuns: begunCount, computingSlices: computingCount,
      freePages: cache.accounts.freeCount, evictablePages: cache.accounts.evictableCount,
      protectedPages: cache.accounts.protectedCount, pageBytes: ProgramCache.pageSize * ProgramCache.bytesPerToken,
      pageSize: ProgramCache.pageSize, evictedPages: cache.accounts.evictedCount)
  }

  /// What was done so far, for all models.
  package var work: Totals { totals.values.reduce(into: Totals()) { $0.add($1) } }

  /// What was done so far for requests that came by one of the models.
  package func work(of model: String) -> Totals { totals[model] ?? Totals() }

  /// The runs of one model that have not ended, in the order in which they came.
  package func runs(of model: String) -> [RunState] {
    live.filter { $0.value.request.model == model }.sorted { $0.key < $1.key }.map { number, run in
      RunState(
        number: number, client: run.request.client, hasBegun: run.rank != nil, promptTokens: run.promptTokens,
        generatedTokens: run.generatedCount, computedTokens: run.position, pages: run.sequence.table.pages.count,
        sharedPages: run.sequence.sharedCount)
    }
  }

  /// The tokens behind the prompts of all runs of a client that have not ended, for each client that has any.
  package var progress: [Client: Int] {
    live.values.reduce(into: [:]) { $0[$1.request.client, default: 0] += $1.generatedCount }
  }

  /// The programs whose caches are kept, by namespace.
  package var prefixes: [PrefixNamespace: PrefixTree.Snapshot] {
    let tree = cache.accounts.tree
    return Dictionary(
      uniqueKeysWithValues: tree.namespaces.compactMap { name in tree.snapshot(of: name).map { (name, $0) } })
  }

  /// Counts all pages anew and compares them with the accounts: what is wrong, a line each.
  package func violations() -> [String] {
    cache.violations(sequences: live.values.map(\.sequence) + jobs.values.map(\.sequence))
  }
}
