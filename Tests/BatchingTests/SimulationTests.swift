import Clients
import Batching
import PagedCache
import PrefixTree
import RandomNumbers
import TestSupport
import Testing

/// Many requests against a model that reads everything through its pages.
@Suite struct SimulationTests {
  /// Prompts that share beginnings, as the branches of a random tree.
  private func prompts(_ count: Int, longest: Int, _ random: inout SplitMix64) -> [[Int]] {
    var prompts: [[Int]] = []
    for _ in 0..<count {
      let parent = prompts.randomElement(using: &random) ?? []
      let kept = parent.prefix(Int.random(in: 0...parent.count, using: &random))
      let more = (0..<Int.random(in: 1...longest / 2, using: &random)).map { _ in Int.random(in: 0..<50, using: &random)
      }
      prompts.append(Array((kept + more).prefix(longest)))
    }
    return prompts
  }

  @Test(arguments: BatchPolicy.allCases, [1, 3, 16])
  func everyRequestThatStaysGetsItsTokens(policy: BatchPolicy, pageSize: Int) throws {
    let runs = LongTests.areWanted ? 5 : 1
    for seed in SplitMix64.testSeed..<SplitMix64.testSeed + UInt64(runs) {
      try run(policy, pageSize, seed)
    }
  }

  private func run(_ policy: BatchPolicy, _ pageSize: Int, _ seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    var simulation = Simulation(
      try makeScheduler(pages: 144 / pageSize, pageSize: pageSize) {
        $0.policy = policy
        $0.tokenBudget = 24
        $0.maxRunning = 8
        $0.quantum = 64
        $0.maxWaiting = 500
      })
    var toSubmit = prompts(400, longest: 100, &random).enumerated().map { number, prompt in
      ServingRequest(
        id: RequestID(number), prompt: prompt, maxTokens: Int.random(in: 1...40, using: &random),
        namespace: PrefixNamespace(salt: ["", "s"].randomElement(using: &random)),
        client: "\(number % 7)", program: number % 3 == 0 ? "\(number % 4)" : nil,
        priority: Int.random(in: -2...2, using: &random))
    }[...]
    var live: [ServingRequest] = []
    var done = 0
    while (!toSubmit.isEmpty || !live.isEmpty) && simulation.steps < 20_000 {
      let place = "\(policy), page size \(pageSize), step \(simulation.steps), seed \(seed)"
      while live.count < 40, let request = toSubmit.popFirst() {
        try simulation.submit(request)
        live.append(request)
      }
      if Int.random(in: 0..<12, using: &random) == 0, let gone = live.indices.randomElement(using: &random) {
        simulation.cancel(live[gone].id)
        live.remove(at: gone)
      }
      let plan = simulation.step()
      #expect(simulation.scheduler.violations() == [], "\(place)")
      #expect(plan.tokenCount <= 24, "\(place)")
      #expect(!Simulation.hasConflict(plan, pageSize: pageSize), "\(place)")
      #expect(!plan.work.isEmpty || simulation.scheduler.requestCount == 0, "\(place): nothing is computed")
      for ending in plan.ended {
        guard let index = live.firstIndex(where: { $0.id == ending.request }) else { continue }
        let request = live.remove(at: index)
        let count = min(request.maxTokens, simulation.scheduler.longestSequence + 1 - request.prompt.count)
        #expect(simulation.outputs[request.id] == Simulation.expectedOutput(request, count: count), "\(place)")
        done += 1
      }
    }
    let state = simulation.scheduler.state
    let place = "\(policy), page size \(pageSize), seed \(seed)"
    #expect(simulation.scheduler.requestCount == 0, "\(place)")
    #expect(state.protectedPages == 0, "\(place)")
    #expect(state.freePages + state.evictablePages == 144 / pageSize, "\(place)")
    #expect(done > 100 && done < 400, "\(place): \(done) ended")
    #expect(simulation.scheduler.totals.preemptions > 10, "\(place)")
    #expect(simulation.scheduler.totals.cachedTokens > 500, "\(place)")
  }

  @Test func aFloodLeavesTheOtherClientItsShare() throws {
    for policy in [BatchPolicy.fair, .firstCome] {
      var random = SplitMix64()
      var simulation = Simulation(
        try makeScheduler(pages: 400, pageSize: 16) {
          $0.policy = policy
          $0.tokenBudget = 128
          $0.maxRunning = 16
          $0.maxWaiting = 10_000
          $0.maxWaitingPerClient = 10_000
        })
      var next = 0
      func submit(_ client: Client, _ count: Int, _ random: inout SplitMix64) throws {
        for _ in 0..<count {
          next += 1
          let prompt = (0..<Int.random(in: 20...200, using: &random)).map { _ in Int.random(in: 0..<9, using: &random) }
          try simulation.submit(
            ServingRequest(
              id: RequestID(next), prompt: prompt, maxTokens: Int.random(in: 10...60, using: &random), client: client))
        }
      }
      for _ in 0..<100 {
        try submit("flood", 10, &random)
        try submit("other", 1, &random)
      }
      // As long as both want something.
      while simulation.scheduler.waitingCount(of: "other") > 0, simulation.steps < 5000 { simulation.step() }
      #expect(simulation.steps > 100, "the test is of both wanting more")
      let (flood, other) = (simulation.service["flood"] ?? 0, simulation.service["other"] ?? 0)
      let share = Double(other) / Double(flood + other)
      if policy == .fair {
        #expect(simulation.scheduler.waitingCount(of: "flood") > 0)
        #expect(share >= 0.45 && share <= 0.55, "share \(share), seed \(SplitMix64.testSeed)")
      } else {
        #expect(share < 0.2, "without fairness the flood takes all: \(share), seed \(SplitMix64.testSeed)")
      }
    }
  }

  /// Two clients who send their next request when one was answered, one of them with ten times as many at once: of eight
  /// places the other gets half as soon as it wants as many, and what it wants where that is less.
  @Test(arguments: [(light: 6, share: 0.45), (light: 3, share: 0.3), (light: 1, share: 0.1)])
  func whoAsksForLittleDoesNotWaitForTheFlood(light: Int, share: Double) throws {
    var random = SplitMix64()
    var simulation = Simulation(
      try makeScheduler(pages: 400, pageSize: 16) {
        $0.policy = .fair
        $0.tokenBudget = 256
        $0.maxRunning = 8
      })
    var next = 0
    var begun: [RequestID: Int] = [:]
    var latencies: [Client: [Int]] = [:]
    var clients: [RequestID: Client] = [:]
    // An answer takes a step to reach its client, and the next request another.
    var arrivals: [Int: [Client]] = [0: Array(repeating: "flood", count: 60) + Array(repeating: "light", count: light)]
    while simulation.steps < 4000 {
      for client in arrivals.removeValue(forKey: simulation.steps) ?? [] {
        next += 1
        let prompt = (0..<Int.random(in: 40...120, using: &random)).map { _ in Int.random(in: 0..<9, using: &random) }
        let maxTokens = Int.random(in: 50...150, using: &random)
        let request = ServingRequest(id: RequestID(next), prompt: prompt, maxTokens: maxTokens, client: client)
        try simulation.submit(request)
        (begun[request.id], clients[request.id]) = (simulation.steps, client)
      }
      for ending in simulation.step().ended {
        guard let client = clients[ending.request], let start = begun[ending.request] else { continue }
        arrivals[simulation.steps + 2, default: []].append(client)
        latencies[client, default: []].append(simulation.steps - start)
      }
    }
    let (flood, other) = (simulation.service["flood"] ?? 0, simulation.service["light"] ?? 0)
    let received = Double(other) / Double(flood + other)
    #expect(received >= share, "seed \(SplitMix64.testSeed)")
    let medians = latencies.mapValues { $0.sorted()[$0.count / 2] }
    let (slow, fast) = (try #require(medians["flood"]), try #require(medians["light"]))
    #expect(fast * 3 < slow, "\(medians), seed \(SplitMix64.testSeed)")
  }

  @Test func aSharedPromptIsComputedOnce() throws {
    func prefillTokens(isShared: Bool) throws -> Int {
      var simulation = Simulation(
        try makeScheduler(pages: 4096, pageSize: 16) {
          $0.policy = .fair
          $0.tokenBudget = 512
        })
      var random = SplitMix64()
      let shared = (0..<1800).map { _ in Int.random(in: 0..<1000, using: &random) }
      var requests: [ServingRequest] = []
      for id in 0..<64 {
        let own = [1000 + id] + (0..<199).map { _ in Int.random(in: 0..<1000, using: &random) }
        let request = ServingRequest(
          id: RequestID(id), prompt: shared + own, maxTokens: 1,
          namespace: PrefixNamespace(salt: isShared ? nil : "\(id)"))
        try simulation.submit(request)
        requests.append(request)
      }
      while simulation.scheduler.requestCount > 0, simulation.steps < 1000 { simulation.step() }
      for request in requests {
        #expect(simulation.outputs[request.id] == Simulation.expectedOutput(request, count: 1))
      }
      return simulation.scheduler.totals.computedTokens
    }
    #expect(try prefillTokens(isShared: false) == 64 * 2000)
    let shared = try prefillTokens(isShared: true)
    #expect(shared == 2000 + 63 * 200, "everything that is shared is computed once")
    #expect(shared * 8 <= 64 * 2000)
  }

  @Test func nothingIsLeftOfManyClientsAndPrograms() throws {
    var simulation = Simulation(
      try makeScheduler(pages: 16) {
        $0.policy = .fair
        $0.quantum = 16
      })
    for id in 0..<6000 {
      try simulation.submit(request(id, 5, from: id, maxTokens: 2, client: "c\(id)", program: "p\(id)"))
      simulation.step()
    }
    while simulation.scheduler.requestCount > 0, simulation.steps < 10_000 { simulation.step() }
    let remembered = simulation.scheduler.rememberedNames
    #expect(remembered.clients < 10)
    #expect(remembered.programs <= 4096)
  }
}
