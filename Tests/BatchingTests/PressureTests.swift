import Batching
import Clients
import PagedCache
import PrefixTree
import Testing

/// What happens when pages, places or patience run out.
@Suite struct PressureTests {
  /// The limit is that of an account, whichever users it names.
  @Test func anAccountWaitsInOnePlace() throws {
    var scheduler = try makeScheduler { $0.maxWaitingPerClient = 2 }
    func submit(_ number: Int, _ account: String) throws(AdmissionError) {
      try scheduler.submit(request(number, 1, client: Client(account: account, user: "\(number)")), at: .zero)
    }
    try submit(1, "a")
    try submit(2, "a")
    #expect(throws: AdmissionError.self) { try submit(3, "a") }
    try submit(4, "b")
    // Without accounts it is that of a user.
    for number in 5..<10 { try submit(number, "") }
    scheduler.cancel(RequestID(1))
    try submit(11, "a")
  }

  @Test func theLastRankGivesItsPagesUp() throws {
    var scheduler = try makeScheduler(pages: 4)
    try scheduler.submit(request(1, 3, maxTokens: 9), at: .zero)
    try scheduler.submit(request(2, 3, from: 100, maxTokens: 9), at: .zero)
    var plan = scheduler.step(at: .zero)
    #expect(plan.script == ["1: 0..<3 in [0] →", "2: 0..<3 in [1] →"])
    for _ in 0..<5 { plan = scheduler.step(after: plan.events(), at: .zero) }
    #expect(plan.script == ["1: 7..<8 in [0, 2] →", "2: 7..<8 in [1, 3] →"])
    plan = scheduler.step(after: plan.events(), at: .zero)
    #expect(plan.preempted == [RequestID(2)])
    #expect(plan.script == ["1: 8..<9 in [0, 2, 3] →"])
    #expect(plan.admitted == [])
    #expect(scheduler.violations() == [])
    // The first ends; the second is computed again, from what is still known of it, and goes on with its own tokens.
    while scheduler.requests.contains(where: { $0.id == RequestID(1) }) {
      plan = scheduler.step(after: plan.events(), at: .zero)
    }
    #expect(plan.script == ["2: 4..<9 in [1, 2, 3] →"])
    #expect(plan.work[0].tokens == [7, 7, 7, 7, 7])
    #expect(plan.admitted == [StepPlan.Admission(request: RequestID(2), cachedTokens: 4)])
    #expect(scheduler.violations() == [])
  }

  @Test func nobodyBeginsWhoWouldSoonLoseItsPages() throws {
    var scheduler = try makeScheduler(pages: 4)
    try scheduler.submit(request(1, 5, maxTokens: 9), at: .zero)
    try scheduler.submit(request(2, 5, from: 100, maxTokens: 9), at: .zero)
    try scheduler.submit(request(3, 1, from: 200, maxTokens: 1), at: .zero)
    let plan = scheduler.step(at: .zero)
    #expect(plan.script == ["1: 0..<5 in [0, 1] →"], "two pages are left, one of which is kept for what runs")
    #expect(scheduler.step(after: plan.events(), at: .zero).admitted == [], "nor does a smaller one overtake it")
  }

  @Test func aRequestAloneMayHaveAllPages() throws {
    for (pages, pageSize, prompt) in [(1, 1, 1), (1, 4, 3), (2, 1, 2), (3, 4, 12)] {
      var scheduler = try makeScheduler(pages: pages, pageSize: pageSize)
      let capacity = pages * pageSize
      try scheduler.submit(request(1, prompt, maxTokens: 1000), at: .zero)
      var plan = scheduler.step(at: .zero)
      var tokens = 0
      while plan.ended.isEmpty, tokens < 1000 {
        #expect(plan.work.count == 1)
        tokens += 1
        plan = scheduler.step(after: plan.events(), at: .zero)
      }
      #expect(plan.ended == [StepPlan.Ending(request: RequestID(1), reason: .length)])
      #expect(tokens == capacity - prompt + 1, "\(pages) pages of \(pageSize)")
      #expect(scheduler.violations() == [])
    }
  }

  @Test func theModelsContextEndsATextToo() throws {
    var scheduler = try makeScheduler { $0.longestSequence = 6 }
    try scheduler.submit(request(1, 6), at: .zero)
    let plan = scheduler.step(at: .zero)
    #expect(scheduler.step(after: plan.events(), at: .zero).ended.map(\.reason) == [.length])
    #expect(refusal(request(2, 7), &scheduler) == .promptTooLong)
  }

  private func refusal(_ request: ServingRequest, _ scheduler: inout BatchScheduler) -> AdmissionError.Kind? {
    do {
      try scheduler.submit(request, at: .zero)
      return nil
    } catch {
      return error.kind
    }
  }

  @Test func whatCanNeverBeComputedIsRefused() throws {
    var scheduler = try makeScheduler(pages: 2)
    #expect(refusal(request(1, 9), &scheduler) == .promptTooLong)
    #expect(refusal(request(1, 0), &scheduler) == .argument)
    #expect(refusal(request(1, 1, maxTokens: 0), &scheduler) == .argument)
    #expect(refusal(request(1, 1, priority: 101), &scheduler) == .argument)
    #expect(refusal(request(1, 1, priority: .min), &scheduler) == .argument)
    #expect(refusal(request(1, 8), &scheduler) == nil)
    #expect(refusal(request(1, 8), &scheduler) == .argument, "the number is taken")
    #expect(scheduler.requestCount == 1)
  }

  @Test func queuesHaveEnds() throws {
    var scheduler = try makeScheduler {
      $0.maxWaiting = 3
      $0.maxWaitingPerClient = 2
    }
    #expect(refusal(request(1, 1, client: "a"), &scheduler) == nil)
    #expect(refusal(request(2, 1, client: "a"), &scheduler) == nil)
    #expect(refusal(request(3, 1, client: "a"), &scheduler) == .clientQueueFull)
    #expect(refusal(request(4, 1, client: "b"), &scheduler) == nil)
    #expect(refusal(request(5, 1, client: "c"), &scheduler) == .queueFull)
    _ = scheduler.step(at: .zero)
    #expect(refusal(request(5, 1, client: "c"), &scheduler) == nil)
  }

  @Test func whoWaitsTooLongIsSentAway() throws {
    var scheduler = try makeScheduler {
      $0.maxRunning = 1
      $0.queueTimeout = .seconds(5)
    }
    try scheduler.submit(request(1, 1, maxTokens: 100), at: .zero)
    try scheduler.submit(request(2, 1, from: 100), at: .seconds(1))
    try scheduler.submit(request(3, 1, from: 200), at: .zero)
    var plan = scheduler.step(at: .zero)
    plan = scheduler.step(after: plan.events(), at: .seconds(5))
    #expect(plan.ended == [])
    plan = scheduler.step(after: plan.events(), at: .milliseconds(5001))
    #expect(plan.ended == [StepPlan.Ending(request: RequestID(3), reason: .timedOut)])
    plan = scheduler.step(after: plan.events(), at: .seconds(7))
    #expect(plan.ended == [StepPlan.Ending(request: RequestID(2), reason: .timedOut)])
    #expect(plan.work.map(\.request) == [RequestID(1)], "who runs may go on")
    #expect(scheduler.requestCount == 1)
  }

  @Test func whoLeavesFreesItsPagesAtOnce() throws {
    var scheduler = try makeScheduler()
    try scheduler.submit(request(1, 10), at: .zero)
    try scheduler.submit(request(2, 3, from: 100), at: .zero)
    let plan = scheduler.step(at: .zero)
    #expect(scheduler.state.freePages == 60)
    let first = scheduler.cancel(RequestID(1))
    let second = scheduler.cancel(RequestID(1))
    #expect((first, second) == (true, false))
    #expect(scheduler.state.freePages == 63)
    #expect(scheduler.violations() == [])
    let next = scheduler.step(after: plan.events(), at: .zero)
    #expect(next.work.map(\.request) == [RequestID(2)])
    _ = scheduler.step(after: [.cancelled(RequestID(2))], at: .zero)
    #expect(scheduler.state.freePages + scheduler.state.evictablePages == 64)
    #expect(scheduler.requestCount == 0)
  }

  @Test func configurationsThatComputeNothingAreRefused() throws {
    let changes: [(inout BatchConfiguration) -> Void] = [
      { $0.tokenBudget = 0 }, { $0.tokenBudget = .min }, { $0.maxRunning = 0 }, { $0.maxChunk = 0 },
      { $0.longestSequence = 0 }, { $0.maxWaiting = 0 }, { $0.maxWaitingPerClient = 0 }, { $0.lookahead = 0 },
      { $0.quantum = 0 }, { $0.quantum = .max }, { $0.promptCost = -1 }, { $0.outputCost = 1001 },
      { $0.agingInterval = .zero }, { $0.agingInterval = .seconds(1e9) },
    ]
    for (number, change) in changes.enumerated() {
      #expect(throws: BatchConfigurationError.self, "change \(number)") { try makeScheduler(change) }
    }
    #expect(throws: Never.self) { try makeScheduler { $0.agingInterval = nil } }
  }
}
