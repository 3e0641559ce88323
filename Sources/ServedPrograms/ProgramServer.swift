import Clients
import PagedCache
import PrefixTree
import Threads
import Throughput
import TransformerVM

/// Executes many programs at once, in slices of time.
///
/// ```swift
/// let server = try ProgramServer()
/// for try await part in try await server.run(ProgramRequest(program, input: Array("27".utf8))) {
///   if case .output(let bytes) = part { print(String(decoding: bytes, as: UTF8.self)) }
/// }
/// ```
///
/// A program is read once; all runs of it go on from there. What a request is given does not depend on others: programs find a
/// clock that counts and random bytes that are the same every time. Dropping a stream ends its run and frees its memory.
package actor ProgramServer {
  let configuration: ProgramServingConfiguration
  let now: @Sendable () -> Duration
  let threads: Int
  /// Where slices are computed.
  let executor: ThreadExecutor
  /// Called by the thread that computes it, before each slice.
  let beforeSlice: @Sendable () -> Void
  var cache: ProgramCache
  var live: [Int: LiveRun] = [:]
  var jobs: [Int: TrunkJob] = [:]
  /// Runs that have not begun.
  var waiting = ClientQueue()
  /// Runs and jobs that have begun and wait for their next slice.
  var ready = ClientQueue()
  /// Runs that have begun, those among them that wait for their program to be read included.
  var begunCount = 0
  /// Slices that are being computed.
  var computingCount = 0
  /// Before when no run that waits has waited too long.
  var nextTimeout = Duration.zero
  /// Whether memory has run out, so that nothing begins before something ends.
  var isTight = false
  /// What was done so far, by model.
  var totals: [String: Totals] = [:]
  /// How fast tokens are generated, by model.
  private var rates: [String: TokenRate] = [:]
  private var lastNumber = 0
  private var isClosed = false
  /// When what is left ends with an error.
  private var deadline: Duration?
  private var ends: [CheckedContinuation<Void, Never>] = []

  /// - Parameters:
  ///   - now: the time since any fixed moment.
  ///   - beforeSlice: called by the thread that computes it, before each slice, of a run or of a program that is read.
  /// - Throws: `PagedCacheError` when the configuration's memory is not enough for anything.
  package init(
    _ configuration: ProgramServingConfiguration = ProgramServingConfiguration(),
    now: @escaping @Sendable () -> Duration = ProgramServer.clock(),
    beforeSlice: @escaping @Sendable () -> Void = {}
  ) throws {
    self.configuration = configuration
    self.now = now
    self.beforeSlice = beforeSlice
    threads = configuration.threads ?? ProgramExecutor.processorCount
    executor = ThreadExecutor("programs", threads: threads)
    cache = try ProgramCache(bytes: configuration.cacheBytes, policy: configuration.eviction)
  }

  /// The time since this was called.
  package static func clock() -> @Sendable () -> Duration {
    let start = ContinuousClock.now
    return { ContinuousClock.now - start }
  }

  /// Takes note of tokens that a model's run has generated.
  func count(_ tokens: Int, generatedBy model: String) {
    totals[model, default: Totals()].generatedTokens += tokens
    let rate = rates[model] ?? TokenRate(now: now)
    rates[model] = rate
    rate.count(tokens)
  }

  /// Tokens that a model's runs generate in a second, over the last whole seconds.
  package func tokensPerSecond(of model: String) -> Double { rates[model]?.tokensPerSecond ?? 0 }

  /// A number that no run and no job has.
  func makeNumber() -> Int {
    lastNumber += 1
    return lastNumber
  }

  /// Takes a request so many times, each for a run of its own, whose output then comes as a stream.
  ///
  /// - Throws: ``ProgramServingError`` when it cannot be served, or too many wait; from the streams the same when a run cannot go
  ///   on.
  package nonisolated func run(
    _ request: ProgramRequest, count: Int
  ) async throws(ProgramServingError) -> [AsyncThrowingStream<ProgramPart, any Error>] {
    let rest = try await rest(of: request)
    var streams: [AsyncThrowingStream<ProgramPart, any Error>] = []
    for _ in 0..<count { streams.append(try await take(request, rest)) }
    return streams
  }

  /// Takes a request, whose output then comes as a stream.
  ///
  /// - Throws: as for several.
  package nonisolated func run(
    _ request: ProgramRequest
  ) async throws(ProgramServingError) -> AsyncThrowingStream<ProgramPart, any Error> {
    try await take(request, rest(of: request))
  }

  /// What the machine reads after the program's prefix; away from the actor, since it takes long where the program is.
  private nonisolated func rest(of request: ProgramRequest) async throws(ProgramServingError) -> [Int] {
    try await check(request)
    return try request.program.rest(of: request.input)
  }

  /// Turns requests away that there is no place for.
  private func check(_ request: ProgramRequest) throws(ProgramServingError) {
    guard !isClosed || (request.isContinuation && deadline.map { now() < $0 } ?? true) else {
      throw ProgramServingError(.closed, "no more requests are taken")
    }
    guard waiting.count < configuration.maximumWaiting else {
      throw ProgramServingError(.overloaded, "\(waiting.count) requests are waiting")
    }
    let ownCount = waiting.count(ofAccountOf: request.client)
    guard ownCount < configuration.maximumWaitingPerClient else {
      throw ProgramServingError(.overloaded, "\(ownCount) requests of this client are waiting")
    }
  }

  /// - Parameter rest: what the machine reads after the program's prefix.
  private func take(
    _ request: ProgramRequest, _ rest: [Int]
  ) throws(ProgramServingError) -> AsyncThrowingStream<ProgramPart, any Error> {
    try check(request)
    let length = request.program.prefix.count + rest.count
    let longest = min(configuration.longestPrompt, cache.tokenCapacity - configuration.sliceTokens)
    guard length <= longest else {
      throw ProgramServingError(
        .tooLarge, "expected a program and an input of at most \(longest) tokens, found \(length)")
    }
    let number = makeNumber()
    let (stream, continuation) = AsyncThrowingStream.makeStream(of: ProgramPart.self)
    continuation.onTermination = { [weak self] reason in
      guard case .cancelled = reason else { return }
      Task { await self?.cancel(number) }
    }
    live[number] = LiveRun(
      request: request, rest: rest,
      limit: min(max(request.maximumTokens ?? .max, 0), configuration.maximumTokens), continuation: continuation,
      submission: now(), sequence: cache.sequence(of: request.program))
    waiting.append(number, of: request.client)
    pump()
    return stream
  }

  /// Takes no more requests, ends those that have not begun with an error of the kind `closed`, and returns when the others have
  /// ended. Continuations are taken until the limit, after the return too, and wait like others.
  ///
  /// - Parameter limit: how long they may take; what is left then ends with an error of the kind `closed`.
  package func close(within limit: Duration? = nil) async {
    isClosed = true
    for (number, run) in live where run.begin == nil && !run.request.isContinuation {
      end(number, throwing: Self.stopping)
    }
    if let limit {
      deadline = now() + limit
      // Not cancelled on return: continuations may come later.
      Task { [weak self] in
        try? await Task.sleep(for: limit)
        await self?.endAll()
      }
    }
    if !isIdle { await withCheckedContinuation { ends.append($0) } }
  }

  /// Whether nothing is going on, so that all memory but the programs' is free.
  private var isIdle: Bool { live.isEmpty && computingCount == 0 }

  /// Tells those who wait for the end, if this is it.
  func noteEnd() {
    guard isIdle else { return }
    for end in ends { end.resume() }
    ends = []
  }

  private func endAll() {
    for number in live.keys { end(number, throwing: Self.stopping) }
  }

  private static var stopping: ProgramServingError { ProgramServingError(.closed, "the server stops") }
}
