import Batching
import PagedCache
import PrefixTree
import Testing

/// Scripts of what is computed when, and in which pages.
@Suite struct StepTests {
  @Test func aRequestIsComputedAndGenerates() throws {
    var scheduler = try makeScheduler()
    #expect(scheduler.step(at: .zero) == StepPlan())
    try scheduler.submit(request(1, 5, maxTokens: 3), at: .zero)
    var plan = scheduler.step(at: .zero)
    #expect(plan.script == ["1: 0..<5 in [0, 1] →"])
    #expect(plan.work[0].tokens == [0, 1, 2, 3, 4])
    #expect(plan.admitted == [StepPlan.Admission(request: RequestID(1), cachedTokens: 0)])
    plan = scheduler.step(after: plan.events(choosing: 70), at: .zero)
    #expect(plan.script == ["1: 5..<6 in [0, 1] →"])
    #expect(plan.work[0].tokens == [70])
    plan = scheduler.step(after: plan.events(choosing: 71), at: .zero)
    #expect(plan.script == ["1: 6..<7 in [0, 1] →"])
    let state = try #require(scheduler.requests.first)
    #expect(state.isRunning && scheduler.requests.count == 1)
    #expect([state.promptTokens, state.generatedTokens, state.computedTokens] == [5, 2, 6])
    #expect([state.pages, state.sharedPages] == [2, 1])
    plan = scheduler.step(after: plan.events(choosing: 72), at: .zero)
    #expect(plan.work == [])
    #expect(plan.ended == [StepPlan.Ending(request: RequestID(1), reason: .length)])
    #expect(scheduler.requestCount == 0)
    #expect(scheduler.state.freePages == 63, "one page of the prompt stays known")
    #expect(scheduler.violations() == [])
  }

  @Test func promptsAreCutToTheBudgetAndNobodyWaitsForThem() throws {
    var scheduler = try makeScheduler { $0.tokenBudget = 6 }
    try scheduler.submit(request(1, 1), at: .zero)
    try scheduler.submit(request(2, 12, from: 100), at: .zero)
    try scheduler.submit(request(3, 2, from: 200), at: .zero)
    var plan = scheduler.step(at: .zero)
    #expect(plan.script == ["1: 0..<1 in [0] →", "2: 0..<5 in [1, 2]"])
    plan = scheduler.step(after: plan.events(), at: .zero)
    #expect(plan.script == ["1: 1..<2 in [0] →", "2: 5..<10 in [1, 2, 3]"])
    plan = scheduler.step(after: plan.events(), at: .zero)
    #expect(plan.script == ["1: 2..<3 in [0] →", "2: 10..<12 in [1, 2, 3] →", "3: 0..<2 in [4] →"])
    #expect(scheduler.violations() == [])
  }

  @Test func everyRunningRequestGetsATokenHoweverLongAPromptIs() throws {
    var scheduler = try makeScheduler { $0.tokenBudget = 4 }
    try scheduler.submit(request(1, 20), at: .zero)
    var plan = scheduler.step(at: .zero)
    #expect(plan.script == ["1: 0..<4 in [0]"])
    for id in 2...9 { try scheduler.submit(request(id, 1, from: 100 * id, priority: -1), at: .zero) }
    plan = scheduler.step(after: plan.events(), at: .zero)
    #expect(plan.script == ["1: 4..<8 in [0, 1]"], "those who wait have no claim on the budget yet")
    var small = try makeScheduler {
      $0.tokenBudget = 4
      $0.maxChunk = 1
    }
    for id in 1...9 { try small.submit(request(id, 20, from: 100 * id), at: .zero) }
    plan = small.step(at: .zero)
    #expect(plan.work.count == 4, "no more run than there are tokens in a step")
    plan = small.step(after: plan.events(), at: .zero)
    #expect(plan.work.map(\.range) == [1..<2, 1..<2, 1..<2, 1..<2])
  }

  @Test func onePromptIsComputedOnceForAllWhoComeTogether() throws {
    var scheduler = try makeScheduler { $0.tokenBudget = 8 }
    for id in 1...3 { try scheduler.submit(request(id, 13), at: .zero) }
    var plan = scheduler.step(at: .zero)
    #expect(plan.script == ["1: 0..<8 in [0, 1]"], "the others wait for the pages")
    plan = scheduler.step(after: plan.events(), at: .zero)
    #expect(plan.script == ["1: 8..<13 in [0, 1, 2, 3] →"])
    plan = scheduler.step(after: plan.events(), at: .zero)
    #expect(
      plan.script == ["1: 13..<14 in [0, 1, 2, 3] →", "2: 12..<13 in [0, 1, 2, 4] →", "3: 12..<13 in [0, 1, 2, 5] →"])
    #expect(plan.admitted.map(\.cachedTokens) == [12, 12])
    #expect(scheduler.state.protectedPages == 6)
    #expect(scheduler.violations() == [])
  }

  @Test func aPageThatMatchesInPartIsCopied() throws {
    var scheduler = try makeScheduler()
    try scheduler.submit(request(1, 9, maxTokens: 1), at: .zero)
    var plan = scheduler.step(at: .zero)
    var other = request(2, 7)
    other.prompt[6] = 99
    try scheduler.submit(other, at: .zero)
    try scheduler.submit(request(3, 8), at: .zero)
    plan = scheduler.step(after: plan.events(), at: .zero)
    #expect(plan.script == ["2: 6..<7 in [0, 2] →", "3: 7..<8 in [0, 3] →"])
    #expect(
      plan.copies == [
        PageCopy(from: PageID(1), to: PageID(2), tokenCount: 2),
        PageCopy(from: PageID(1), to: PageID(3), tokenCount: 3),
      ])
    #expect(scheduler.violations() == [])
    plan = scheduler.step(after: plan.events(), at: .zero)
    // Request 3 has computed the page that the tree has, and goes on with that one.
    #expect(plan.script == ["2: 7..<8 in [0, 2] →", "3: 8..<9 in [0, 1, 3] →"])
    #expect(scheduler.violations() == [])
  }

  @Test func aRequestBehindTakesUpWhatOneAheadComputes() throws {
    var scheduler = try makeScheduler {
      $0.tokenBudget = 4
      $0.maxChunk = 3
    }
    try scheduler.submit(request(1, 13), at: .zero)
    try scheduler.submit(request(2, 13), at: .zero)
    var plan = scheduler.step(at: .zero)
    #expect(plan.script == ["1: 0..<3 in [0]", "2: 0..<1 in [1]"], "no whole page to wait for")
    for _ in 0..<3 { plan = scheduler.step(after: plan.events(), at: .zero) }
    #expect(plan.script == ["1: 9..<12 in [0, 2, 3]", "2: 3..<4 in [1]"])
    plan = scheduler.step(after: plan.events(), at: .zero)
    #expect(plan.script == ["1: 12..<13 in [0, 2, 3, 1] →", "2: 12..<13 in [0, 2, 3, 4] →"])
    #expect(scheduler.totals.cachedTokens == 8)
    #expect(scheduler.violations() == [])
  }

  @Test func workThatNobodyReportsIsPlannedAgain() throws {
    var scheduler = try makeScheduler()
    try scheduler.submit(request(1, 5), at: .zero)
    let plan = scheduler.step(at: .zero)
    #expect(scheduler.step(at: .zero).script == plan.script)
    let (id, other) = (RequestID(1), RequestID(9))
    let nonsense: [BatchEvent] = [
      .computed(id, token: nil), .computed(other, token: 1), .finished(other), .cancelled(other),
    ]
    #expect(scheduler.step(after: nonsense, at: .zero).script == plan.script)
    let twice: [BatchEvent] = [.computed(id, token: 1), .computed(id, token: 2)]
    #expect(scheduler.step(after: twice, at: .zero).work.map(\.tokens) == [[1]])
  }

  @Test func aFinishedRequestLeavesItsPagesToTheNext() throws {
    var scheduler = try makeScheduler()
    try scheduler.submit(request(1, 7), at: .zero)
    var plan = scheduler.step(at: .zero)
    plan = scheduler.step(after: [.computed(RequestID(1), token: 50)], at: .zero)
    #expect(scheduler.step(after: [.finished(RequestID(1))], at: .zero) == StepPlan())
    #expect(scheduler.state.evictablePages == 2, "the whole page with the generated token stays too")
    var next = request(2, 7)
    next.prompt += [50, 51]
    try scheduler.submit(next, at: .zero)
    plan = scheduler.step(at: .zero)
    #expect(plan.script == ["2: 8..<9 in [0, 1, 2] →"])
  }
}
