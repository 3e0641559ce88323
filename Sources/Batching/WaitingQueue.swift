import Clients

/// The requests that wait, by client, each client's in the order of their ranks.
struct WaitingQueue: Sendable {
  private var queues: [Client: [Entry]] = [:]
  private var accounts: [String: Int] = [:]  // how many requests, never zero
  private(set) var count = 0

  private struct Entry: Sendable {
    var rank: Rank
    var id: RequestID
  }

  /// The requests of one client.
  func count(of client: Client) -> Int { queues[client]?.count ?? 0 }

  /// The requests that count against a client: those of its account; its own where it has none.
  func count(ofAccountOf client: Client) -> Int {
    client.account.isEmpty ? count(of: client) : accounts[client.account] ?? 0
  }

  mutating func insert(_ id: RequestID, _ rank: Rank, client: Client) {
    let place = queues[client]?.firstIndex { rank < $0.rank } ?? count(of: client)
    queues[client, default: []].insert(Entry(rank: rank, id: id), at: place)
    accounts[client.account, default: 0] += 1
    count += 1
  }

  /// Takes a request out; false when it does not wait.
  mutating func remove(_ id: RequestID, client: Client) -> Bool {
    guard let place = queues[client]?.firstIndex(where: { $0.id == id }) else { return false }
    queues[client]?.remove(at: place)
    if queues[client]?.isEmpty == true { queues[client] = nil }
    let left = (accounts[client.account] ?? 1) - 1
    accounts[client.account] = left == 0 ? nil : left
    count -= 1
    return true
  }

  /// All requests, in no order.
  var all: [RequestID] { queues.values.flatMap { $0.map(\.id) } }

  /// The first requests of each client, in no order.
  func first(_ limit: Int) -> [RequestID] { queues.values.flatMap { $0.prefix(limit).map(\.id) } }
}
