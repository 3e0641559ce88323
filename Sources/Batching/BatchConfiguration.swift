/// In which order waiting requests are taken up.
package enum BatchPolicy: String, CaseIterable, Hashable, Sendable {
  /// As they came.
  case firstCome = "fcfs"
  /// First those that the fewest tokens have to be computed for, because most of their prompt is cached.
  case longestPrefix = "lpm"
  /// The longest cached prefix, among clients who have not used up their share: each has a counter of what it may still
  /// spend, and all counters are raised when nobody who waits has anything left (deficit longest prefix match, from
  /// "Locality-aware Fair Scheduling in LLM Serving", Cao and others, 2025).
  case fair
}

/// How much is computed at once, for whom first, and who is turned away.
package struct BatchConfiguration: Hashable, Sendable {
  /// The most tokens of one step, all requests together.
  package var tokenBudget = 512
  /// The most requests that are computed side by side.
  package var maxRunning = 64
  /// The most tokens of one request in one step; nil for the whole budget.
  package var maxChunk: Int?
  /// The most positions of a sequence, besides what fits into the pages: the model's context.
  package var longestSequence = Int.max
  /// In which order waiting requests are taken up.
  package var policy = BatchPolicy.fair
  /// How long a request waits until it counts as one priority higher; nil for never.
  package var agingInterval: Duration? = .seconds(10)
  /// The most requests that wait.
  package var maxWaiting = 1024
  /// The most requests of one account that wait, or of one user where there are no accounts.
  package var maxWaitingPerClient = 1024
  /// How long a request waits at the most to be taken up; nil for as long as it takes.
  package var queueTimeout: Duration?
  /// Of how many requests that have waited longest, of each client, the best is looked for.
  package var lookahead = 64
  /// What one computed token of a prompt costs its client.
  package var promptCost = 1
  /// What one generated token costs its client.
  package var outputCost = 2
  /// What is added to every client's counter, and what a program receives before its calls rank lower.
  package var quantum = 2048

  package init() {}

  /// Refuses values with which nothing would ever be computed.
  func check() throws(BatchConfigurationError) {
    let positive = [
      ("tokenBudget", tokenBudget), ("maxRunning", maxRunning), ("maxChunk", maxChunk ?? 1),
      ("longestSequence", longestSequence), ("maxWaiting", maxWaiting), ("maxWaitingPerClient", maxWaitingPerClient),
      ("lookahead", lookahead), ("quantum", quantum),
    ]
    for (name, value) in positive where value < 1 {
      throw BatchConfigurationError("\(name) is \(value); expected at least 1")
    }
    for (name, value) in [("promptCost", promptCost), ("outputCost", outputCost)] where !(0...1000).contains(value) {
      throw BatchConfigurationError("\(name) is \(value); expected from 0 to 1000")
    }
    guard quantum <= 1 << 32 else {
      throw BatchConfigurationError("quantum is \(quantum); expected at most \(1 << 32)")
    }
    if let agingInterval, !(.milliseconds(1) ... .seconds(86_400)).contains(agingInterval) {
      throw BatchConfigurationError("agingInterval is \(agingInterval); expected from a millisecond to a day")
    }
  }
}

/// Which value of a configuration cannot be, in one line.
package struct BatchConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
  package let description: String

  init(_ description: String) {
    self.description = description
  }
}
