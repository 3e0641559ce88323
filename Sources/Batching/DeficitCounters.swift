/// What each client may still spend: the counters of deficit round robin, over tokens.
///
/// A counter goes down by what is computed for its client, below zero when a request costs more than was left. Who wants
/// something again begins with as much as the richest of the others, so that whoever asks for little need not wait until
/// others have spent what they have; and nobody saves up: counters of clients who want nothing do not grow above zero, and
/// those of clients for whom all that they want is being computed not above two quanta: more than others ever have, who spend
/// theirs.
struct DeficitCounters: Sendable {
  /// Who waits, and how the policy ranks what it waits for.
  struct Wish {
    var client: String
    var preference: Preference
  }

  private var counters: [String: Int] = [:]
  /// How many requests of each client have not ended, never zero.
  private var requests: [String: Int] = [:]

  /// Clients who want something, or owe something.
  var count: Int { requests.count + counters.keys.count { requests[$0] == nil } }

  subscript(client: String) -> Int { counters[client] ?? 0 }

  mutating func charge(_ client: String, _ cost: Int) {
    counters[client, default: 0] -= cost
  }

  /// Takes note of a new request.
  mutating func enter(_ client: String) {
    if requests[client] == nil, counters[client] == nil { counters[client] = max(counters.values.max() ?? 0, 0) }
    requests[client, default: 0] += 1
  }

  /// Takes note that a request has ended; forgets what a client who wants nothing more may still spend.
  mutating func leave(_ client: String) {
    let left = (requests[client] ?? 1) - 1
    requests[client] = left == 0 ? nil : left
    if left == 0, self[client] >= 0 { counters[client] = nil }
  }

  /// Whose turn it is: of those who may spend something, whose wish the policy prefers; of equals, who may spend most.
  /// Counters are raised where nobody who waits may spend anything.
  ///
  /// How long somebody has waited does not count: whoever wants much has always waited longest.
  mutating func next(of wishes: [Wish], quantum: Int) -> String? {
    if !wishes.contains(where: { self[$0.client] > 0 }) { replenish(for: Set(wishes.map(\.client)), quantum: quantum) }
    let able = wishes.filter { self[$0.client] > 0 }
    guard let best = able.map(\.preference).min() else { return nil }
    return able.filter { $0.preference == best }.max { self[$0.client] < self[$1.client] }?.client
  }

  /// Raises all counters by as many quanta as the first of the waiting clients, none of whom has any, needs to have something to
  /// spend.
  private mutating func replenish(for waiting: Set<String>, quantum: Int) {
    guard let largest = waiting.map({ self[$0] }).max() else { return }
    let amount = (-largest / quantum + 1) * quantum
    for client in Set(counters.keys).union(waiting) {
      let raised = self[client] + amount
      if waiting.contains(client) || raised < 0 {
        counters[client] = raised
      } else {
        counters[client] = requests[client] == nil ? nil : min(raised, max(2 * quantum, self[client]))
      }
    }
  }
}
