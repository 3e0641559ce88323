import Clients
import OpenAIProtocol
import ServedLanguageModel
import Synchronization
import TestSupport
import Testing

@Suite struct PreparationQueueTests {
  /// What was done, in order.
  private final class Record: Sendable {
    private let done = Mutex<[Int]>([])
    var all: [Int] { done.withLock { $0 } }
    func add(_ number: Int) { done.withLock { $0.append(number) } }
  }

  /// Runs the body while the queue's thread waits at a gate, and opens that.
  private static func held(
    _ queue: PreparationQueue, _ body: (Gate) async throws -> Void
  ) async throws {
    let gate = Gate()
    defer { gate.open() }
    async let first: Void = queue.run(for: "first", cost: .zero) { gate.pass() }
    try await eventually("the thread is held") { gate.waitingCount == 1 }
    try await body(gate)
    gate.open()
    try await first
  }

  /// What many clients ask for, as soon as it waits.
  private static func ask(
    _ queue: PreparationQueue, _ clients: [Client], cost: Duration = .zero, _ record: Record
  ) async throws -> [Task<Void, any Error>] {
    var tasks: [Task<Void, any Error>] = []
    for (number, client) in clients.enumerated() {
      let before = queue.waitingCount
      tasks.append(Task { try await queue.run(for: client, cost: cost) { record.add(number) } })
      try await eventually("it waits") { queue.waitingCount == before + 1 }
    }
    return tasks
  }

  @Test func accountsTakeTurns() async throws {
    let queue = PreparationQueue(accounts: 2, threads: 1)
    try await Self.held(queue) { gate in
      let (one, two) = (Client(account: "1"), Client(account: "2"))
      let record = Record()
      let tasks = try await Self.ask(queue, [one, one, one, two, two], record)
      #expect(record.all.isEmpty)
      gate.open()
      for task in tasks { try await task.value }
      #expect(record.all == [0, 3, 1, 4, 2])
      #expect(queue.waitingCount == 0)
    }
  }

  /// An account has its part of the queue, and one piece of work in any case.
  @Test func noMoreWaitsThanIsSoonDone() async throws {
    let queue = PreparationQueue(accounts: 2, mostWaiting: .seconds(4), threads: 1)
    try await Self.held(queue) { gate in
      let (one, two, three) = (Client(account: "1"), Client(account: "2"), Client(account: "3"))
      let record = Record()
      let tasks = try await Self.ask(queue, [one, one, two, two, three], cost: .seconds(1), record)
      for client in [one, two, three] {
        let error = await #expect(throws: APIError.self) {
          try await queue.run(for: client, cost: .seconds(1)) { record.add(-1) }
        }
        #expect(error?.status == 429 && error?.retryAfter == 1)
      }
      gate.open()
      for task in tasks { try await task.value }
      #expect(record.all.sorted() == [0, 1, 2, 3, 4])
    }
  }

  @Test func whoGoesAwayIsTakenOut() async throws {
    let queue = PreparationQueue(threads: 1)
    try await Self.held(queue) { gate in
      let record = Record()
      let tasks = try await Self.ask(queue, ["a", "a", "b"], record)
      tasks[1].cancel()
      await #expect(throws: APIError.cancelled) { try await tasks[1].value }
      #expect(queue.waitingCount == 2)
      gate.open()
      for task in [tasks[0], tasks[2]] { try await task.value }
      #expect(record.all == [0, 2])
    }
  }

  @Test func errorsAreThoseOfTheWork() async {
    let wrong = APIError(.invalidRequest, "wrong")
    await #expect(throws: wrong) {
      try await PreparationQueue().run(for: "a", cost: .zero) { () throws(APIError) -> Int in throw wrong }
    }
  }
}
