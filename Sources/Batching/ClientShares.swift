import Clients

/// What each account may still spend, and within it each of its users.
struct ClientShares: Sendable {
  private var accounts = DeficitCounters()
  private var users: [String: DeficitCounters] = [:]  // of accounts, never empty

  /// Counters that are not zero.
  var count: Int { users.values.reduce(accounts.count) { $0 + $1.count } }

  mutating func charge(_ client: Client, _ cost: Int) {
    accounts.charge(client.account, cost)
    users[client.account, default: DeficitCounters()].charge(client.user, cost)
  }

  /// The first of the clients, the best first, that may spend something, by its place: of the first account that may, the
  /// first such user. Counters are raised where nobody of them may.
  mutating func firstSpender(_ clients: [Client], quantum: Int) -> Int? {
    guard let account = accounts.firstSpender(clients.map(\.account), quantum: quantum) else { return nil }
    let own = clients.filter { $0.account == account }.map(\.user)
    guard let user = users[account, default: DeficitCounters()].firstSpender(own, quantum: quantum) else { return nil }
    return clients.firstIndex(of: Client(account: account, user: user))
  }

  /// Forgets what a client who wants nothing more may still spend, and its account where nobody of it wants anything.
  mutating func retire(_ client: Client, isLastOfAccount: Bool) {
    users[client.account]?.retire(client.user)
    if users[client.account]?.count == 0 { users[client.account] = nil }
    if isLastOfAccount { accounts.retire(client.account) }
  }
}
