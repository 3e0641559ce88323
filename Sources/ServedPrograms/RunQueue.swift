/// Who is next: clients take turns, and the runs of one client do.
package struct RunQueue: Sendable {
  /// The clients that have runs here, the one whose turn is next first.
  private var clients: [String] = []
  private var runs: [String: [Int]] = [:]  // never empty
  /// How many runs there are.
  package private(set) var count = 0

  package init() {}

  /// Whether nobody is next.
  package var isEmpty: Bool { count == 0 }

  /// Puts a run behind the others of its client; a client that had none comes after all others.
  package mutating func append(_ run: Int, of client: String) {
    if runs[client] == nil { clients.append(client) }
    runs[client, default: []].append(run)
    count += 1
  }

  /// Puts a run before all others.
  package mutating func prepend(_ run: Int, of client: String) {
    clients.removeAll { $0 == client }
    clients.insert(client, at: 0)
    runs[client, default: []].insert(run, at: 0)
    count += 1
  }

  /// Takes the next run; its client has its next turn after all others.
  package mutating func popFirst() -> Int? {
    guard let client = clients.first, var own = runs[client], !own.isEmpty else { return nil }
    clients.removeFirst()
    let run = own.removeFirst()
    runs[client] = own.isEmpty ? nil : own
    if !own.isEmpty { clients.append(client) }
    count -= 1
    return run
  }

  /// Takes a run out; nothing happens when it is not here.
  package mutating func remove(_ run: Int, of client: String) {
    guard var own = runs[client], let place = own.firstIndex(of: run) else { return }
    own.remove(at: place)
    runs[client] = own.isEmpty ? nil : own
    if own.isEmpty { clients.removeAll { $0 == client } }
    count -= 1
  }
}
