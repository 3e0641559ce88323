import Batching
import Clients
import PagedCache
import PrefixTree
import Testing

/// In which order waiting requests are taken up.
@Suite struct PolicyTests {
  /// The order in which requests begin when one runs at a time.
  private func order(
    _ requests: [ServingRequest], at times: [Duration] = [], _ change: (inout BatchConfiguration) -> Void
  ) throws -> [Int] {
    var scheduler = try makeScheduler {
      $0.maxRunning = 1
      change(&$0)
    }
    // Something known, for the policies that look at it.
    try scheduler.submit(request(0, 9, maxTokens: 1, client: "0"), at: .zero)
    var plan = scheduler.step(at: .zero)
    for (number, request) in requests.enumerated() {
      try scheduler.submit(request, at: number < times.count ? times[number] : .zero)
    }
    var order: [Int] = []
    for _ in 0..<1000 where scheduler.requestCount > 0 {
      plan = scheduler.step(after: plan.events(), at: times.max() ?? .zero)
      order += plan.admitted.map(\.request.number)
    }
    return order
  }

  @Test func firstComeIsFirstServed() throws {
    let requests = [request(1, 3, from: 50), request(2, 9), request(3, 5)]
    #expect(try order(requests) { $0.policy = .firstCome } == [1, 2, 3])
  }

  @Test func theLongestCachedPrefixGoesFirst() throws {
    let requests = [request(1, 3, from: 50), request(2, 6), request(3, 9), request(4, 3, from: 60)]
    #expect(try order(requests) { $0.policy = .longestPrefix } == [3, 2, 1, 4])
  }

  @Test func prioritiesGoFirstAndWaitingRaisesThem() throws {
    let requests = [
      request(1, 3, from: 50), request(2, 3, from: 60, priority: 2), request(3, 3, from: 70, priority: 1),
    ]
    #expect(try order(requests) { $0.policy = .firstCome } == [2, 3, 1])
    let times: [Duration] = [.zero, .seconds(40), .seconds(15)]
    #expect(try order(requests, at: times) { $0.policy = .firstCome } == [1, 3, 2])
    #expect(
      try order(requests, at: times) {
        $0.policy = .firstCome
        $0.agingInterval = nil
      } == [2, 3, 1])
  }

  @Test func clientsTakeTurnsByWhatTheyCost() throws {
    // One asks for 8 + 2 · 2 = 12 at a time, the other for 20 + 2 · 2 = 24.
    let requests =
      (1...6).map { request($0, 8, from: 100 * $0, maxTokens: 2, client: "a") }
      + (7...9).map { request($0, 20, from: 100 * $0, maxTokens: 2, client: "b") }
    let order = try order(requests) {
      $0.policy = .fair
      $0.quantum = 12
    }
    var (a, b) = (0, 0)
    for id in order.prefix(8) {
      if id <= 6 { a += 12 } else { b += 24 }
      #expect(abs(a - b) <= 36, "\(order)")
    }
    #expect(order.filter { $0 <= 6 } == [1, 2, 3, 4, 5, 6])
    #expect(order.filter { $0 > 6 } == [7, 8, 9])
  }

  /// Who names another user with each request still has one share: that of its account.
  @Test func usersShareWhatTheirAccountReceives() throws {
    let requests =
      (1...12).map { request($0, 8, from: 100 * $0, maxTokens: 2, client: Client(account: "a", user: "\($0)")) }
      + (13...16).map { request($0, 8, from: 100 * $0, maxTokens: 2, client: Client(account: "b", user: "1")) }
    let order = try order(requests) {
      $0.policy = .fair
      $0.quantum = 12
    }
    #expect(order.prefix(8).count { $0 > 12 } == 4, "\(order)")
  }

  /// Of one account, a user with many requests leaves the others theirs.
  @Test func usersOfOneAccountTakeTurns() throws {
    let requests = (1...8).map { number in
      let user = number <= 6 ? "many" : "few"
      return request(number, 8, from: 100 * number, maxTokens: 2, client: Client(account: "a", user: user))
    }
    let order = try order(requests) {
      $0.policy = .fair
      $0.quantum = 12
    }
    #expect(Set([7, 8]).isSubset(of: order.prefix(4)), "\(order)")
  }

  @Test func generatedTokensCostTheirClientToo() throws {
    let requests =
      (1...10).map { request($0, 4, from: 100 * $0, maxTokens: 20, client: "a") }
      + (11...20).map { request($0, 4, from: 100 * $0, maxTokens: 2, client: "b") }
    let order = try order(requests) {
      $0.policy = .fair
      $0.quantum = 8
    }
    // 44 for one request of the first client, 8 for one of the second.
    #expect(order.prefix(10).count { $0 > 10 } >= 7, "\(order)")
  }

  @Test func nobodySavesUpWhatItDoesNotSpend() throws {
    var scheduler = try makeScheduler {
      $0.policy = .fair
      $0.maxRunning = 1
      $0.quantum = 8
    }
    var plan = StepPlan()
    func run(_ requests: [ServingRequest]) throws -> [Int] {
      for request in requests { try scheduler.submit(request, at: .zero) }
      var order: [Int] = []
      for _ in 0..<10_000 where scheduler.requestCount > 0 {
        plan = scheduler.step(after: plan.events(), at: .zero)
        order += plan.admitted.map(\.request.number)
      }
      return order
    }
    func requests(_ ids: Range<Int>, _ client: Client) -> [ServingRequest] {
      ids.map { request($0, 4, from: 100 * $0, maxTokens: 2, client: client) }
    }
    // What it owes at its end is paid off while it wants nothing, and no more than that.
    _ = try run([request(0, 4, maxTokens: 20, client: "b")])
    _ = try run(requests(100..<200, "a"))
    let order = try run(requests(200..<210, "b") + requests(300..<310, "a"))
    #expect((4...6).contains(order.prefix(10).count { $0 < 300 }), "\(order)")
  }

  /// An account that is alone has the whole service, by itself as beside others later, and is none the poorer for it.
  @Test func anAccountAloneHasItAllAndThenItsShare() throws {
    var scheduler = try makeScheduler {
      $0.policy = .fair
      $0.maxRunning = 1
      $0.quantum = 8
    }
    var plan = StepPlan()
    func run(_ ids: [String: Range<Int>]) throws -> [Int] {
      for (account, ids) in ids.sorted(by: { $0.key < $1.key }) {
        for id in ids {
          let client = Client(account: account, user: "\(id % 3)")
          try scheduler.submit(request(id, 4, from: 100 * id, maxTokens: 2, client: client), at: .zero)
        }
      }
      var order: [Int] = []
      for _ in 0..<10_000 where scheduler.requestCount > 0 {
        plan = scheduler.step(after: plan.events(), at: .zero)
        order += plan.admitted.map(\.request.number)
      }
      return order
    }
    #expect(Set(try run(["a": 0..<50])) == Set(0..<50))
    #expect(scheduler.rememberedNames.clients == 0)
    let two = try run(["a": 100..<120, "b": 200..<220])
    #expect((4...6).contains(two.prefix(10).count { $0 >= 200 }), "\(two)")
    let three = try run(["a": 300..<320, "b": 400..<420, "c": 500..<520])
    for first in [300, 400, 500] {
      #expect((3...5).contains(three.prefix(12).count { (first..<first + 20).contains($0) }), "\(three)")
    }
    #expect(Set(try run(["b": 600..<650])) == Set(600..<650))
    #expect(scheduler.rememberedNames.clients == 0)
  }

  @Test func callsOfProgramsThatReceivedLittleGoFirst() throws {
    var scheduler = try makeScheduler {
      $0.maxRunning = 1
      $0.quantum = 8
    }
    try scheduler.submit(request(1, 30, maxTokens: 1, program: "long"), at: .zero)
    try scheduler.submit(request(2, 9, from: 50, maxTokens: 1, program: "short"), at: .zero)
    var plan = scheduler.step(at: .zero)
    plan = scheduler.step(after: plan.events(), at: .zero)
    #expect(plan.admitted.map(\.request.number) == [2])
    try scheduler.submit(request(3, 5, from: 100, maxTokens: 1, program: "long"), at: .zero)
    try scheduler.submit(request(4, 5, from: 200, maxTokens: 1, program: "short"), at: .zero)
    try scheduler.submit(request(5, 5, from: 300, maxTokens: 1), at: .zero)
    try scheduler.submit(request(6, 5, from: 400, maxTokens: 1, program: "short"), at: .zero)
    var order: [Int] = []
    while scheduler.requestCount > 0 {
      plan = scheduler.step(after: plan.events(), at: .zero)
      order += plan.admitted.map(\.request.number)
    }
    #expect(order == [5, 4, 6, 3])
  }

  /// One name in two accounts is two programs: neither waits for what the other received, nor gains from what it did not.
  @Test func accountsDoNotShareTheNamesOfPrograms() throws {
    let (one, other) = (Client(account: "one"), Client(account: "other"))
    var scheduler = try makeScheduler {
      $0.maxRunning = 1
      $0.quantum = 8
    }
    try scheduler.submit(request(1, 30, maxTokens: 1, client: one, program: "agent"), at: .zero)
    var plan = scheduler.step(at: .zero)
    #expect(scheduler.rememberedNames.programs == 0)
    try scheduler.submit(request(2, 5, from: 100, maxTokens: 1, client: one, program: "agent"), at: .zero)
    try scheduler.submit(request(3, 9, from: 200, maxTokens: 1, client: other, program: "agent"), at: .zero)
    try scheduler.submit(
      request(4, 5, from: 300, maxTokens: 1, client: Client(account: "one", user: "b"), program: "agent"), at: .zero)
    try scheduler.submit(request(5, 5, from: 400, maxTokens: 1, client: other, program: "agent"), at: .zero)
    var order: [Int] = []
    while scheduler.requestCount > 0 {
      plan = scheduler.step(after: plan.events(), at: .zero)
      order += plan.admitted.map(\.request.number)
    }
    // The other account's calls pass those of the one that has received 30 tokens, whichever of its users makes them.
    #expect(order == [3, 5, 2, 4])
    #expect(scheduler.rememberedNames.programs == 2)
  }

  @Test func theSameInputsGiveTheSamePlans() throws {
    var one = try makeScheduler(pages: 12) { $0.policy = .fair }
    for id in 0..<20 {
      try one.submit(request(id, 3 + id, from: id % 3, client: "\(id % 5)", program: "\(id % 2)"), at: .seconds(id))
    }
    var other = one
    var plan = StepPlan()
    for step in 0..<200 {
      let events = plan.events(choosing: step)
      plan = one.step(after: events, at: .seconds(step))
      #expect(other.step(after: events, at: .seconds(step)) == plan)
    }
    #expect(one.requestCount == 0)
  }
}
