package import Batching
package import LanguageModel
package import PagedCache
package import PrefixTree

/// Serves many requests at once with one model.
///
/// ```swift
/// let engine = try ServingEngine(model: model, ServingConfiguration())
/// for try await part in try await engine.generate(GenerationRequest(prompt: [9707], parameters: .greedy)) {
///   if case .token(let chosen) = part { print(chosen.token) }
/// }
/// ```
///
/// What a request is given does not depend on the others: each position's numbers have the same bits whatever is computed
/// beside it and wherever its beginning was found. Dropping a stream ends its request and frees its pages.
package actor ServingEngine {
  /// A request that has not ended.
  struct LiveRequest {
    let chooser: TokenChooser
    let stopTokens: Set<Int>
    let continuation: AsyncThrowingStream<ServedPart, any Error>.Continuation
    let submission: Duration
    let isContinuation: Bool
    var begin: Duration?
    var firstToken: Duration?
    var info: ServedInfo
  }

  let computer: any StepComputer
  let now: @Sendable () -> Duration
  /// Where steps are computed.
  let thread = GenerationExecutor.own()
  var scheduler: BatchScheduler
  var live: [RequestID: LiveRequest] = [:]
  /// Computes step after step while there are requests.
  var loop: Task<Void, Never>?
  private var submissions = 0
  private var isClosed = false
  /// When what is left ends with an error.
  var deadline: Duration?

  /// Serves with any computer, whose pages are those of the pool.
  ///
  /// - Parameter now: the time since any fixed moment.
  /// - Throws: `BatchConfigurationError` for values with which nothing would be computed.
  package init(
    _ computer: any StepComputer, pool: PagePool, _ configuration: BatchConfiguration = BatchConfiguration(),
    eviction: EvictionPolicy = .leastRecentlyUsed, now: @escaping @Sendable () -> Duration = ServingEngine.clock()
  ) throws(BatchConfigurationError) {
    self.computer = computer
    self.now = now
    var configuration = configuration
    configuration.longestSequence = min(configuration.longestSequence, computer.longestSequence)
    scheduler = try BatchScheduler(configuration, pool: pool, eviction: eviction)
  }

  /// Serves with a language model.
  ///
  /// - Throws: `BatchConfigurationError`, `PagedCacheError` and `LanguageModelError` for sizes with which nothing would be
  ///   computed, or for which there is no memory.
  package init(model: Qwen3Model, _ configuration: ServingConfiguration) throws {
    let pool = try configuration.makePool(for: model.configuration)
    // Whatever is wrong with the configuration is found before memory is set aside for it.
    _ = try BatchScheduler(configuration.batch, pool: pool)
    let computer = try ModelComputer(
      model, pageSize: pool.pageSize, pageCount: pool.pageCount, precision: configuration.precision,
      tokenBudget: configuration.batch.tokenBudget)
    try self.init(computer, pool: pool, configuration.batch, eviction: configuration.eviction)
  }

  /// The time since this was called.
  package static func clock() -> @Sendable () -> Duration {
    let start = ContinuousClock.now
    return { ContinuousClock.now - start }
  }
}

extension ServingEngine {
  /// Takes a request, whose tokens then come as a stream.
  ///
  /// - Throws: `AdmissionError` when it cannot be served, or too many wait; from the stream `ServingError`, and what the
  ///   request's processors throw.
  package func generate(
    _ request: GenerationRequest
  ) throws(AdmissionError) -> AsyncThrowingStream<ServedPart, any Error> {
    let chooser = try check(request)
    submissions += 1
    let id = RequestID(submissions)
    let submission = now()
    try scheduler.submit(
      ServingRequest(
        id: id, prompt: request.prompt, maxTokens: request.parameters.maxTokens ?? .max, namespace: request.namespace,
        client: request.client, program: request.program, priority: request.priority), at: submission)
    let (stream, continuation) = AsyncThrowingStream.makeStream(of: ServedPart.self)
    continuation.onTermination = { [weak self] reason in
      guard case .cancelled = reason else { return }
      Task(executorPreference: GenerationExecutor.shared) { await self?.cancel(id) }
    }
    live[id] = LiveRequest(
      chooser: chooser, stopTokens: computer.stopTokens.union(request.parameters.extraStopTokens),
      continuation: continuation, submission: submission, isContinuation: request.isContinuation,
      info: ServedInfo(
        stopReason: .length, promptTokens: request.prompt.count, cachedTokens: 0, generatedTokens: 0, queueTime: .zero,
        timeToFirstToken: .zero, totalTime: .zero, preemptions: 0))
    startLoop()
    return stream
  }

  private func check(_ request: GenerationRequest) throws(AdmissionError) -> TokenChooser {
    guard !isClosed || (request.isContinuation && deadline.map { now() < $0 } ?? true) else {
      throw AdmissionError(.closed, "no more requests are taken")
    }
    let size = computer.vocabularySize
    if let token = request.prompt.first(where: { $0 < 0 || $0 >= size }) {
      throw AdmissionError(.argument, "token \(token) is outside the vocabulary of \(size)")
    }
    do {
      return try TokenChooser(request, vocabularySize: size)
    } catch {
      throw AdmissionError(.argument, error.message)
    }
  }

  /// Ends a request whose stream nobody reads any more.
  private func cancel(_ id: RequestID) {
    live[id] = nil
    scheduler.cancel(id)
  }

  /// Takes no more requests, ends those that have not begun with an error of the kind `closed`, and returns when the others have
  /// ended. Continuations are taken until the limit, after the return too, and wait like others.
  ///
  /// - Parameter limit: how long they may take; what is left after the step during which it passes then ends with an error of
  ///   the kind `closed`.
  package func close(within limit: Duration? = nil) async {
    isClosed = true
    for (id, request) in live where request.begin == nil && !request.isContinuation {
      end(id, throwing: ServingError(.closed, "the server stops"))
    }
    if let limit { deadline = now() + limit }
    while let loop { await loop.value }
  }

  /// How things are at the moment.
  package var state: BatchScheduler.State { scheduler.state }

  /// The requests that have not ended, those that are computed first.
  package var requests: [BatchScheduler.RequestState] { scheduler.requests }

  /// The prefixes whose pages are known, a tree for each namespace, in the order of the namespaces' salts.
  ///
  /// - Parameter limit: the most stretches of tokens, the empty ones that trees begin with among them.
  package func prefixes(atMost limit: Int) -> [PrefixTree.Snapshot] {
    let tree = scheduler.cache.tree
    return tree.snapshots(of: tree.namespaces.sorted { $0.salt ?? "" < $1.salt ?? "" }, atMost: limit)
  }

  /// What was done so far.
  package var totals: BatchScheduler.Totals { scheduler.totals }
}
