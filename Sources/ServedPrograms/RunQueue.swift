package import Clients

/// Who is next: accounts take turns, the users of one account do, and the runs of one user do.
package struct RunQueue: Sendable {
  /// The users of one account.
  private struct Account: Sendable {
    var turns = Turns()
    var runs: [String: [Int]] = [:]  // never empty
  }

  private var turns = Turns()
  private var accounts: [String: Account] = [:]  // never empty
  /// How many runs there are.
  package private(set) var count = 0

  package init() {}

  /// Whether nobody is next.
  package var isEmpty: Bool { count == 0 }

  /// The runs that count against a client: those of its account; its own where it has none.
  package func count(ofAccountOf client: Client) -> Int {
    let runs = accounts[client.account]?.runs ?? [:]
    return client.account.isEmpty ? runs[client.user]?.count ?? 0 : runs.values.reduce(0) { $0 + $1.count }
  }

  /// Puts a run behind the others of its client; a client that had none comes after all others.
  package mutating func append(_ run: Int, of client: Client) {
    turns.append(client.account)
    accounts[client.account, default: Account()].turns.append(client.user)
    accounts[client.account]?.runs[client.user, default: []].append(run)
    count += 1
  }

  /// Puts a run before all others.
  package mutating func prepend(_ run: Int, of client: Client) {
    turns.prepend(client.account)
    accounts[client.account, default: Account()].turns.prepend(client.user)
    accounts[client.account]?.runs[client.user, default: []].insert(run, at: 0)
    count += 1
  }

  /// Takes the next run; its account and its user have their next turns after all others.
  package mutating func popFirst() -> Int? {
    guard let account = turns.first, let user = accounts[account]?.turns.first,
      let run = accounts[account]?.runs[user]?.first
    else { return nil }
    remove(run, of: Client(account: account, user: user))
    turns.rotate(account)
    accounts[account]?.turns.rotate(user)
    return run
  }

  /// Takes a run out; nothing happens when it is not here.
  package mutating func remove(_ run: Int, of client: Client) {
    guard var account = accounts.removeValue(forKey: client.account) else { return }
    defer {
      if account.runs.isEmpty { turns.remove(client.account) } else { accounts[client.account] = account }
    }
    guard var own = account.runs[client.user], let place = own.firstIndex(of: run) else { return }
    own.remove(at: place)
    account.runs[client.user] = own.isEmpty ? nil : own
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
