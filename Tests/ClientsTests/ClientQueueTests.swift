import Clients
import Testing

@Suite struct ClientQueueTests {
  private static func order(_ queue: ClientQueue) -> [Int] {
    var queue = queue
    var order: [Int] = []
    while let run = queue.popFirst() { order.append(run) }
    return order
  }

  @Test func clientsTakeTurns() {
    var queue = ClientQueue()
    for run in 1...4 { queue.append(run, of: "flood") }
    queue.append(10, of: "other")
    queue.append(11, of: "other")
    #expect(queue.count == 6)
    #expect(Self.order(queue) == [1, 10, 2, 11, 3, 4])
  }

  /// A client with many runs gets as much as one with a single run, however long that goes on.
  @Test func aSingleRunHasEverySecondTurn() {
    var queue = ClientQueue()
    for run in 1...20 { queue.append(run, of: "flood") }
    queue.append(100, of: "other")
    var turns = 0
    for _ in 0..<40 {
      guard let run = queue.popFirst() else { continue }
      turns += run == 100 ? 1 : 0
      queue.append(run, of: run == 100 ? "other" : "flood")
    }
    #expect(turns == 20)
  }

  /// Who names another user with each run still has one turn of two.
  @Test func accountsTakeTurnsBeforeTheirUsers() {
    var queue = ClientQueue()
    for run in 1...4 { queue.append(run, of: Client(account: "a", user: "\(run)")) }
    for run in 5...6 { queue.append(run, of: Client(account: "a", user: "1")) }
    for run in 10...12 { queue.append(run, of: Client(account: "b", user: "1")) }
    #expect(queue.count(ofAccountOf: Client(account: "a", user: "9")) == 6)
    #expect(Self.order(queue) == [1, 10, 2, 11, 3, 12, 4, 5, 6])
  }

  /// An account that is alone has all turns, and every second one from when another comes until it goes.
  @Test func anAccountAloneHasAllTurns() {
    var queue = ClientQueue()
    let (one, other) = (Client(account: "a", user: "1"), Client(account: "b"))
    for run in 1...9 { queue.append(run, of: one) }
    #expect([queue.popFirst(), queue.popFirst(), queue.popFirst()] == [1, 2, 3])
    queue.append(10, of: other)
    queue.append(11, of: other)
    #expect(Set([queue.popFirst(), queue.popFirst()]) == [4, 10])
    #expect(Set([queue.popFirst(), queue.popFirst()]) == [5, 11])
    #expect(Self.order(queue) == [6, 7, 8, 9])
    #expect(queue.count(ofAccountOf: other) == 0)
  }

  @Test func whatIsPutInFrontIsNext() {
    var queue = ClientQueue()
    queue.append(1, of: "a")
    queue.append(2, of: "b")
    queue.prepend(3, of: "b")
    queue.prepend(4, of: "c")
    #expect(Self.order(queue) == [4, 3, 1, 2])
  }

  @Test func whatIsTakenOutIsGone() {
    var queue = ClientQueue()
    queue.append(1, of: "a")
    queue.append(2, of: "b")
    queue.append(3, of: "b")
    queue.remove(1, of: "a")
    queue.remove(1, of: "a")
    queue.remove(9, of: "nobody")
    queue.remove(2, of: "b")
    #expect(queue.count == 1)
    #expect(Self.order(queue) == [3])
    queue.remove(3, of: "b")
    #expect(queue.isEmpty && queue.popFirst() == nil)
  }
}
