/// Who is next: accounts take turns, the users of one account do, and the requests of one user do.
package struct ClientQueue: Sendable {
  /// The users of one account.
  private struct Account: Sendable {
    var turns = Turns()
    var requests: [String: [Int]] = [:]  // never empty
  }

  private var turns = Turns()
  private var accounts: [String: Account] = [:]  // never empty
  /// How many requests wait.
  package private(set) var count = 0

  package init() {}

  /// Whether nobody is next.
  package var isEmpty: Bool { count == 0 }

  /// The requests that count against a client: those of its account; its own where it has none.
  package func count(ofAccountOf client: Client) -> Int {
    let requests = accounts[client.account]?.requests ?? [:]
    return client.account.isEmpty ? requests[client.user]?.count ?? 0 : requests.values.reduce(0) { $0 + $1.count }
  }

  /// Puts a request behind the others of its client; a client that had none comes after all others.
  package mutating func append(_ request: Int, of client: Client) {
    turns.append(client.account)
    accounts[client.account, default: Account()].turns.append(client.user)
    accounts[client.account]?.requests[client.user, default: []].append(request)
    count += 1
  }

  /// Puts a request before all others.
  package mutating func prepend(_ request: Int, of client: Client) {
    turns.prepend(client.account)
    accounts[client.account, default: Account()].turns.prepend(client.user)
    accounts[client.account]?.requests[client.user, default: []].insert(request, at: 0)
    count += 1
  }

  /// Takes the next request; its account and its user have their next turns after all others.
  package mutating func popFirst() -> Int? {
    guard let account = turns.first, let user = accounts[account]?.turns.first,
      let request = accounts[account]?.requests[user]?.first
    else { return nil }
    remove(request, of: Client(account: account, user: user))
    turns.rotate(account)
    accounts[account]?.turns.rotate(user)
    return request
  }

  /// Takes a request out; nothing happens when it is not here.
  package mutating func remove(_ request: Int, of client: Client) {
    guard var account = accounts.removeValue(forKey: client.account) else { return }
    defer {
      if account.requests.isEmpty { turns.remove(client.account) } else { accounts[client.account] = account }
    }
    guard var own = account.requests[client.user], let place = own.firstIndex(of: request) else { return }
    own.remove(at: place)
    account.requests[client.user] = own.isEmpty ? nil : own
    if own.isEmpty { account.turns.remove(client.user) }
    count -= 1
  }
}

/// Names that take turns, the next one first, none twice.
private struct Turns: Sendable {
  private var names: [String] = []

  var first: String? { names.first }

  /// Puts a name last, unless it is here.
  mutating func append(_ name: String) {
    if !names.contains(name) { names.append(name) }
  }

  /// Puts a name first.
  mutating func prepend(_ name: String) {
    remove(name)
    names.insert(name, at: 0)
  }

  /// Puts a name last, if it is here.
  mutating func rotate(_ name: String) {
    guard names.contains(name) else { return }
    remove(name)
    names.append(name)
  }

  mutating func remove(_ name: String) {
    names.removeAll { $0 == name }
  }
}
