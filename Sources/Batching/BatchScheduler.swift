package import PagedCache
package import PrefixTree

/// Decides step by step which tokens of which requests are computed together, and in which pages.
///
/// There are no phases: a request has tokens that are known and tokens that are computed, and each step closes some of the
/// distance. A new prompt, one that is partly cached, one that lost its pages and one that generates differ only in it.
///
/// This is a state machine without a clock, a model or memory of pages: what happened goes in, the next plan comes out,
/// and the same inputs give the same plans.
///
/// ```swift
/// var scheduler = try BatchScheduler(BatchConfiguration(), pool: PagePool(pageSize: 16, pageCount: 64))
/// try scheduler.submit(ServingRequest(id: RequestID(1), prompt: [5, 6, 7], maxTokens: 2), at: .zero)
/// let plan = scheduler.step(at: .zero)  // positions 0 to 2 of request 1
/// let next = scheduler.step(after: [.computed(RequestID(1), token: 8)], at: .seconds(1))  // position 3
/// ```
package struct BatchScheduler: Sendable {
  package let configuration: BatchConfiguration
  /// The pages and what is known of them.
  package internal(set) var cache: PrefixCache
  /// What was done so far.
  package internal(set) var totals = Totals()

  var sequences: [RequestID: ServedSequence] = [:]
  /// The requests that have pages, in the order of their ranks.
  var running: [RequestID] = []
  var waiting = WaitingQueue()
  var shares = ClientShares()
  var programs = ProgramService()
  /// Pages that the current step copies, locked until it is done.
  var held: [PrefixPath] = []
  private var submissions = 0

  /// A scheduler without requests.
  ///
  /// - Throws: `BatchConfigurationError` for values with which nothing would be computed.
  package init(
    _ configuration: BatchConfiguration, pool: PagePool, eviction: EvictionPolicy = .leastRecentlyUsed
  ) throws(BatchConfigurationError) {
    try configuration.check()
    self.configuration = configuration
    cache = PrefixCache(pool: pool, policy: eviction)
  }

  /// The most positions that a sequence can have.
  package var longestSequence: Int { min(cache.pool.tokenCapacity, configuration.longestSequence) }

  /// Requests that have not ended.
  package var requestCount: Int { sequences.count }

  /// The next step's plan, after what happened in the last one.
  ///
  /// The last plan's copies have been made by then. Work of it that no event reports is planned again; events of requests
  /// that have ended meanwhile are passed over.
  ///
  /// - Parameter now: the time since any fixed moment.
  package mutating func step(after events: [BatchEvent] = [], at now: Duration) -> StepPlan {
    for path in held { cache.unlock(path) }
    held = []
    var plan = StepPlan()
    for event in events { apply(event, &plan) }
    for id in running { sequences[id]?.planned = nil }
    expire(now, &plan)
    var budget = configuration.tokenBudget
    planRunning(&plan, &budget)
    if plan.preempted.isEmpty { admit(&plan, &budget, now) }
    totals.computedTokens += plan.tokenCount
    totals.preemptions += plan.preempted.count
    return plan
  }
}

extension BatchScheduler {
  /// Puts a request into the queue.
  ///
  /// - Throws: `AdmissionError` when it can never be computed, or too many wait.
  package mutating func submit(_ request: ServingRequest, at now: Duration) throws(AdmissionError) {
    try check(request)
    submissions += 1
    let rank = Rank(request, arrival: now, order: submissions, agingInterval: configuration.agingInterval)
    sequences[request.id] = ServedSequence(request, arrival: now, rank: rank, pageSize: cache.pool.pageSize)
    waiting.insert(request.id, rank, client: request.client)
    if configuration.policy == .fair { shares.enter(request.client) }
  }

  private func check(_ request: ServingRequest) throws(AdmissionError) {
    guard !request.prompt.isEmpty, request.maxTokens > 0 else {
      throw AdmissionError(.argument, "expected a prompt and at least one token to generate")
    }
    guard ServingRequest.priorities.contains(request.priority) else {
      throw AdmissionError(.argument, "priority is \(request.priority); expected from -100 to 100")
    }
    guard sequences[request.id] == nil else {
      throw AdmissionError(.argument, "\(request.id) is being served; expected another number")
    }
    guard request.prompt.count <= longestSequence else {
      throw AdmissionError(
        .promptTooLong, "the prompt has \(request.prompt.count) tokens; expected at most \(longestSequence)")
    }
    guard waiting.count < configuration.maxWaiting else {
      throw AdmissionError(.queueFull, "\(waiting.count) requests wait already")
    }
    guard waiting.count(ofAccountOf: request.client) < configuration.maxWaitingPerClient else {
      throw AdmissionError(
        .clientQueueFull, "\(waiting.count(ofAccountOf: request.client)) requests of this client wait already")
    }
  }

  /// Ends a request, and frees its pages at once; false when there is none of that number.
  ///
  /// This may be done while the step that was planned last is being computed: pages are not given to others before the next.
  @discardableResult
  package mutating func cancel(_ id: RequestID) -> Bool {
    guard sequences[id] != nil else { return false }
    end(id)
    return true
  }
}
