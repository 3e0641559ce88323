import Clients

/// What each account may still spend, and within it each of its users.
struct ClientShares: Sendable {
  private var accounts = DeficitCounters()
  private var users: [String: DeficitCounters] = [:]  // of accounts, never empty

  /// Names that are remembered.
  var count: Int { users.values.reduce(accounts.count) { $0 + $1.count } }

  /// Takes note of a new request.
  mutating func enter(_ client: Client) {
    accounts.enter(client.account)
    users[client.account, default: DeficitCounters()].enter(client.user)
  }

  /// Takes note that a request has ended.
  mutating func leave(_ client: Client) {
    accounts.leave(client.account)
    users[client.account]?.leave(client.user)
    if users[client.account]?.count == 0 { users[client.account] = nil }
  }

  mutating func charge(_ client: Client, _ cost: Int) {
    accounts.charge(client.account, cost)
    users[client.account]?.charge(client.user, cost)
  }

  /// Which of the candidates is to go: of the account whose turn it is, and of its user whose turn it is, the first.
  mutating func next(of candidates: ArraySlice<Candidate>, quantum: Int) -> Int? {
    let all = candidates.map { DeficitCounters.Wish(client: $0.client.account, preference: $0.preference) }
    guard let account = accounts.next(of: all, quantum: quantum) else { return nil }
    let own = candidates.filter { $0.client.account == account }
      .map { DeficitCounters.Wish(client: $0.client.user, preference: $0.preference) }
    guard let user = users[account]?.next(of: own, quantum: quantum) else { return nil }
    return candidates.firstIndex { $0.client == Client(account: account, user: user) }
  }
}
