package import PrefixTree

/// How programs are served.
package struct ProgramServingConfiguration: Hashable, Sendable {
  /// The most bytes of a module that is sent.
  package var largestModule = 1 << 20
  /// The most tokens of a program with its input.
  package var longestPrompt = 1 << 21
  /// The most tokens behind the prompt of one request; a run that finds no more memory ends as if it had written so many.
  ///
  /// By default what the memory has room for behind the longest prompt.
  package var maximumTokens = 6_000_000
  /// Memory for what programs and their runs remember.
  package var cacheBytes = 1 << 30
  /// Which program that nobody runs is given up first.
  package var eviction = EvictionPolicy.leastRecentlyUsed
  /// How many runs take turns; others wait.
  package var maximumRunning = 64
  /// How long a request may wait before it begins; nil for as long as it takes.
  package var queueTimeout: Duration?
  /// How many requests may wait.
  package var maximumWaiting = 1024
  /// How many requests of one account may wait, or of one user where there are no accounts.
  package var maximumWaitingPerClient = 1024
  /// How many runs are computed at the same moment; nil for as many as there are processors.
  package var threads: Int?
  /// How many tokens a run writes before it is another's turn.
  package var sliceTokens = 8192

  package init() {}
}
