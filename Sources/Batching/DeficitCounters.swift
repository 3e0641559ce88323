/// What each client may still spend: the counters of deficit round robin, over tokens.
///
/// A counter goes down by what is computed for its client, below zero when a request costs more than was left. Counters of
/// clients who want nothing do not grow above zero, so that nobody saves up.
struct DeficitCounters: Sendable {
  private var counters: [String: Int] = [:]

  /// Counters that are not zero.
  var count: Int { counters.count }

  subscript(client: String) -> Int { counters[client] ?? 0 }

  mutating func charge(_ client: String, _ cost: Int) {
    counters[client, default: 0] -= cost
  }

  /// The first of the clients, the best first, that may spend something; counters are raised where none of them may.
  mutating func firstSpender(_ clients: [String], quantum: Int) -> String? {
    if !clients.contains(where: { self[$0] > 0 }) { replenish(for: Set(clients), quantum: quantum) }
    return clients.first { self[$0] > 0 }
  }

  /// Raises all counters by as many quanta as the first of the waiting clients needs to have something to spend.
  private mutating func replenish(for waiting: Set<String>, quantum: Int) {
    guard let largest = waiting.map({ self[$0] }).max(), largest <= 0 else { return }
    let amount = (-largest / quantum + 1) * quantum
    for (client, counter) in counters where !waiting.contains(client) {
      counters[client] = counter + amount < 0 ? counter + amount : nil
    }
    for client in waiting { counters[client, default: 0] += amount }
  }

  /// Forgets what a client who wants nothing more may still spend.
  mutating func retire(_ client: String) {
    if self[client] >= 0 { counters[client] = nil }
  }
}
