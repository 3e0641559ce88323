import Clients
import Batching
import PagedCache
import PrefixTree

/// A model without weights: what it writes to a page is a token, and the token that it chooses is a hash of all that its
/// page table leads to. So a wrong page, a missing copy or a page taken too early gives other tokens.
struct Simulation {
  var scheduler: BatchScheduler
  var now = Duration.zero
  /// The tokens that each request was given, until they are taken.
  private(set) var outputs: [RequestID: [Int]] = [:]
  private(set) var endings: [RequestID: StepPlan.Ending.Reason] = [:]
  private(set) var steps = 0
  /// Tokens computed for each client.
  private(set) var service: [Client: Int] = [:]
  private var requests: [RequestID: ServingRequest] = [:]
  private var events: [BatchEvent] = []
  /// What is in the pages.
  private var memory: [Int: [Int]] = [:]

  init(_ scheduler: BatchScheduler) {
    self.scheduler = scheduler
  }

  mutating func submit(_ request: ServingRequest) throws(AdmissionError) {
    try scheduler.submit(request, at: now)
    requests[request.id] = request
    outputs[request.id] = []
  }

  mutating func cancel(_ id: RequestID) {
    scheduler.cancel(id)
    outputs[id] = nil
    requests[id] = nil
  }

  /// Plans and computes one step.
  @discardableResult
  mutating func step() -> StepPlan {
    let plan = scheduler.step(after: events, at: now)
    events = []
    steps += 1
    now += .milliseconds(10)
    for ending in plan.ended { endings[ending.request] = ending.reason }
    for copy in plan.copies {
      let source = memory[copy.source.number] ?? []
      memory[copy.target.number] = Array(source.prefix(copy.tokenCount))
    }
    for work in plan.work { write(work) }
    for work in plan.work {
      guard let request = requests[work.request] else { continue }
      service[request.client, default: 0] += work.range.count
      let token = work.choosesToken ? Self.choose(read(work)) : nil
      if let token { outputs[work.request]?.append(token) }
      events.append(.computed(work.request, token: token))
    }
    return plan
  }

  /// Whether any work writes a page that another one reads or writes; computed together they would disturb each other.
  static func hasConflict(_ plan: StepPlan, pageSize: Int) -> Bool {
    let written = plan.work.map { Set($0.pages[($0.range.lowerBound / pageSize)...]) }
    let targets = Set(plan.copies.map(\.target))
    guard targets.count == plan.copies.count, targets.isDisjoint(with: plan.copies.map(\.source)) else { return true }
    return plan.work.indices.contains { one in
      plan.work.indices.contains { $0 != one && !written[one].isDisjoint(with: plan.work[$0].pages) }
    }
  }

  private mutating func write(_ work: StepPlan.Work) {
    let size = scheduler.cache.pool.pageSize
    let namespace = requests[work.request]?.namespace
    for (position, token) in zip(work.range, work.tokens) {
      let page = work.pages[position / size].number
      var slots = memory[page] ?? []
      while slots.count < size { slots.append(-1) }
      slots[position % size] = Self.mark(token, position, namespace)
      memory[page] = slots
    }
  }

  private func read(_ work: StepPlan.Work) -> [Int] {
    let size = scheduler.cache.pool.pageSize
    return (0..<work.range.upperBound).map { position in
      let slots = memory[work.pages[position / size].number] ?? []
      return position % size < slots.count ? slots[position % size] : -1
    }
  }

  private static func mark(_ token: Int, _ position: Int, _ namespace: PrefixNamespace?) -> Int {
    var mark = token &* 1_000_003 &+ position
    for scalar in (namespace?.salt ?? "").unicodeScalars { mark = mark &* 31 &+ Int(scalar.value) }
    return mark
  }

  private static func choose(_ marks: [Int]) -> Int {
    var hash = 17
    for mark in marks {
      hash = (hash ^ mark) &* 0x2545_f491_4f6c_dd1d
      hash ^= hash >> 29
    }
    return abs(hash % 1000)
  }

  /// What a request must be given, computed without any pages.
  static func expectedOutput(_ request: ServingRequest, count: Int) -> [Int] {
    var marks = request.prompt.enumerated().map { mark($1, $0, request.namespace) }
    var output: [Int] = []
    for _ in 0..<count {
      let token = choose(marks)
      output.append(token)
      marks.append(mark(token, marks.count, request.namespace))
    }
    return output
  }
}
