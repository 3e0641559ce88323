import Clients
import Batching
import PagedCache
import PrefixTree
import RandomNumbers
import TestSupport
import Testing

/// Whatever a scheduler is told, its accounts are right and everything ends.
@Suite struct FuzzTests {
  private static let pageSizes = [1, 2, 5]

  @Test(arguments: BatchPolicy.allCases, EvictionPolicy.allCases)
  func reportsOfAnyKindDoNoHarm(policy: BatchPolicy, eviction: EvictionPolicy) throws {
    for (number, pageSize) in Self.pageSizes.enumerated() {
      let seed = SplitMix64.testSeed + UInt64(number)
      var random = SplitMix64(seed: seed)
      var configuration = BatchConfiguration()
      configuration.policy = policy
      configuration.tokenBudget = Int.random(in: 1...20, using: &random)
      configuration.maxRunning = Int.random(in: 1...6, using: &random)
      configuration.maxChunk = [nil, 1, 4].randomElement(using: &random) ?? nil
      configuration.agingInterval = Bool.random(using: &random) ? .seconds(1) : nil
      configuration.queueTimeout = Bool.random(using: &random) ? .seconds(20) : nil
      configuration.quantum = 8
      let pool = try PagePool(pageSize: pageSize, pageCount: Int.random(in: 1...30, using: &random))
      var scheduler = try BatchScheduler(configuration, pool: pool, eviction: eviction)
      var plan = StepPlan()
      for step in 0..<500 {
        let place = "\(policy), \(eviction), page size \(pageSize), step \(step), seed \(seed)"
        for _ in 0..<Int.random(in: 0...2, using: &random) { submit(&scheduler, at: step, &random) }
        if Int.random(in: 0..<6, using: &random) == 0 { scheduler.cancel(id(&random)) }
        plan = scheduler.step(after: reports(of: plan, &random), at: .milliseconds(300 * step))
        #expect(scheduler.violations() == [], "\(place)")
        #expect(!Simulation.hasConflict(plan, pageSize: pageSize), "\(place)")
        #expect(plan.tokenCount <= configuration.tokenBudget, "\(place)")
        #expect(Set(plan.work.map(\.request)).count == plan.work.count, "\(place)")
        #expect(plan.work.isEmpty == scheduler.requests.isEmpty, "\(place): somebody is computed")
        for work in plan.work {
          #expect(work.tokens.count == work.range.count && !work.range.isEmpty, "\(place)")
          #expect(work.pages.count >= pool.pageCount(forTokens: work.range.upperBound), "\(place)")
        }
      }
      for _ in 0..<20_000 where scheduler.requestCount > 0 {
        plan = scheduler.step(after: plan.events(), at: .seconds(1000))
      }
      #expect(scheduler.requestCount == 0)
      #expect(scheduler.state.protectedPages == 0)
    }
  }

  private func id(_ random: inout SplitMix64) -> RequestID { RequestID(Int.random(in: 0..<30, using: &random)) }

  /// Submits a request that may be refused: its number taken, its prompt too long.
  private func submit(_ scheduler: inout BatchScheduler, at step: Int, _ random: inout SplitMix64) {
    let prompt = (0..<Int.random(in: 0...40, using: &random)).map { _ in Int.random(in: 0...1, using: &random) }
    try? scheduler.submit(
      ServingRequest(
        id: id(&random), prompt: prompt, maxTokens: Int.random(in: 0...20, using: &random),
        namespace: PrefixNamespace(salt: Bool.random(using: &random) ? "s" : nil),
        client: ["a", "b", "c"].randomElement(using: &random) ?? "", program: Bool.random(using: &random) ? "p" : nil,
        priority: Int.random(in: -3...3, using: &random)), at: .milliseconds(300 * step))
  }

  /// What a model would report, some of it left out, told twice, in any order or about others.
  private func reports(of plan: StepPlan, _ random: inout SplitMix64) -> [BatchEvent] {
    var events: [BatchEvent] = []
    for event in plan.events(choosing: Int.random(in: 0...1, using: &random)) {
      switch Int.random(in: 0..<12, using: &random) {
      case 0: break
      case 1: events += [event, event]
      case 2: events.append(.finished(id(&random)))
      case 3: events.append(.computed(id(&random), token: Bool.random(using: &random) ? 1 : nil))
      case 4: events += [event, .cancelled(id(&random))]
      default: events.append(event)
      }
    }
    return events.shuffled(using: &random)
  }
}
