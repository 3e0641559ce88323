import Clients
import Engine
import ServedPrograms
import Synchronization
import TestSupport
import Testing
import TransformerVM

/// What a server does where there is not enough of something, or nobody wants what it gives.
@Suite struct ServerLimitTests {
  /// For runs that are to go on while a test looks: the gate closes long before so many tokens.
  private static let endless = 1 << 24

  @Test func aDroppedStreamFreesItsMemory() async throws {
    let gate = Gate(passes: 30)
    let server = try Serving.server(behind: gate) { $0.maximumTokens = Self.endless }
    let request = try ProgramRequest(Serving.program(.endless))
    do {
      let streams = [try await server.run(request), try await server.run(request), try await server.run(request)]
      try await eventually("the runs write") { await server.work.generatedTokens >= 5000 }
      let pages = await server.state.protectedPages
      withExtendedLifetime(streams) { #expect(pages > 0) }
    }
    try await Serving.expectNothingLeft(server, behind: gate)
    // The program itself is still known.
    #expect(await server.state.evictablePages > 0)
  }

  @Test func runsThatHaveNotBegunCanBeDropped() async throws {
    let gate = Gate()
    let server = try Serving.server(behind: gate) {
      $0.maximumTokens = Self.endless
      $0.maximumRunning = 1
    }
    let request = try ProgramRequest(Serving.program(.endless))
    do {
      let first = try await server.run(request)
      let second = try await server.run(request)
      let count = await server.state.waitingRuns
      withExtendedLifetime((first, second)) { #expect(count == 1) }
    }
    try await Serving.expectNothingLeft(server, behind: gate)
  }

  @Test func aCancelledTaskEndsItsRun() async throws {
    let gate = Gate(passes: 10)
    let server = try Serving.server(behind: gate) { $0.maximumTokens = Self.endless }
    let request = try ProgramRequest(Serving.program(.endless))
    let task = Task { try await Serving.answer(request, by: server) }
    try await eventually("the run writes") { await server.work.generatedTokens >= 1000 }
    task.cancel()
    _ = try? await task.value
    try await Serving.expectNothingLeft(server, behind: gate)
    #expect(await server.work.endedRuns == 0, "it did not end by itself")
  }

  /// A pool for the program and little more: runs give their memory to others and begin again, and nobody can tell.
  @Test func runsThatGiveWayAreRightAllTheSame() async throws {
    let program = try Serving.small("collatz")
    let inputs = [3, 6, 7, 9, 12, 14, 15, 18]
    var longest = 0
    for input in inputs {
      let request = ProgramRequest(program, input: Array("\(input)".utf8))
      longest = max(longest, try await Serving.answer(request, by: Serving.server()).report?.generatedTokens ?? 0)
    }
    // Pages for the program, and for about two runs with what each engine takes at least; all have come before one begins.
    let tokens = program.prefix.count + 2 * (longest + 6_000)
    let gate = Gate()
    let server = try Serving.server(behind: gate) { $0.cacheBytes = tokens * 128 }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for input in inputs {
        group.addTask {
          var request = ProgramRequest(program, input: Array("\(input)".utf8))
          request.streamsTrace = true
          try Serving.expectAsAlone(try await Serving.answer(request, by: server), request)
        }
      }
      try await eventually("all requests have come") {
        let state = await server.state
        return state.begunRuns + state.waitingRuns == inputs.count
      }
      gate.open()
      try await group.waitForAll()
    }
    #expect(await server.work.preemptions > 0)
    try await Serving.expectNothingLeft(server)
  }

  /// A run that does not fit even alone ends as at the limit of tokens, with what it has printed.
  @Test func aRunThatIsTooLargeForTheServerEnds() async throws {
    let server = try Serving.server {
      $0.cacheBytes = 40_000 * 128
      $0.maximumTokens = Self.endless
    }
    // Prints 'A', then never ends.
    let code: [UInt8] = [0x41, 0xc1, 0] + SampleModule.output + SampleModule.endless.code
    let program = try Serving.program(SampleModule(code: code))
    let answer = try await Serving.answer(ProgramRequest(program), by: server)
    #expect(answer.text == "A")
    let report = try #require(answer.report)
    #expect(report.ending == .limit && report.preemptions == 0)
    #expect((30_000...40_000).contains(report.promptTokens + report.generatedTokens), "\(report)")
    try await Serving.expectNothingLeft(server)
    // All of it is there for the next one.
    #expect(try await Serving.answer(ProgramRequest(program), by: server).report?.ending == .limit)
  }

  /// What gave way to a program that was being read goes on once it is, though nobody wants the program any more.
  @Test func whoGaveWayToAnUnwantedProgramGoesOn() async throws {
    let data = [UInt8](repeating: 1, count: 12_000)
    let large = try ProgramRequest(Serving.program(SampleModule(code: [0x41, 0], data: data)))
    let small = try ProgramRequest(Serving.program(.exiting(0)))
    let gate = Gate()
    let server = try Serving.server(behind: gate) {
      // Memory for the large program, and not for the small one beside it.
      $0.cacheBytes = (large.program.prefix.count + $0.sliceTokens + 100) * 128
    }
    let unwanted = Mutex<AsyncThrowingStream<ProgramPart, any Error>?>(try await server.run(large))
    try await eventually("the large program is read") { gate.waitingCount == 1 }
    async let answer = Serving.answer(small, by: server)
    try await eventually("the small one gives way") { await server.work.preemptions == 1 }
    unwanted.withLock { $0 = nil }
    try await eventually("it tries again") { await server.work.preemptions == 2 }
    gate.open()
    try await eventually("it ends") { await server.work.endedRuns == 1 }
    #expect(try await answer.report?.ending == .exited(code: 0))
    try await Serving.expectNothingLeft(server)
  }

  /// What may be asked for by default there is room for.
  @Test func theDefaultsFitEachOther() throws {
    let configuration = ProgramServingConfiguration()
    let longest = configuration.longestPrompt + configuration.maximumTokens + configuration.sliceTokens
    #expect(longest * 128 <= configuration.cacheBytes)
  }

  /// Programs that nobody runs make room for others.
  @Test func programsAreEvicted() async throws {
    let server = try Serving.server { $0.cacheBytes = 12_000 * 128 }
    let programs = try ["hello", "fibonacci", "collatz"].map(Serving.small)
    for _ in 0..<2 {
      for program in programs {
        let answer = try await Serving.answer(ProgramRequest(program, input: Array("2".utf8)), by: server)
        #expect(answer.report?.cachedTokens == 0, "\(program.name)")
        #expect(answer.report?.ending.exitCode == 0)
      }
    }
    try await Serving.expectNothingLeft(server)
    #expect(await server.prefixes.count < 3)
  }

  @Test func requestsAreRefused() async throws {
    let hello = try Serving.small("hello")
    let small = try Serving.server { $0.longestPrompt = 1000 }
    await #expect(throws: ProgramServingError.self) { try await small.run(ProgramRequest(hello)) }
    let none = try Serving.server { $0.maximumWaiting = 0 }
    await #expect(throws: ProgramServingError.self) { try await none.run(ProgramRequest(hello)) }
    let server = try Serving.server()
    await #expect(throws: ProgramServingError.self) {
      // It takes no input.
      try await server.run(ProgramRequest(Serving.program(.exiting(0)), input: [1]))
    }
    await server.close()
    await #expect(throws: ProgramServingError.self) { try await server.run(ProgramRequest(hello)) }
  }

  /// Each by its own time, whenever the others came; a run that has begun is none that waits.
  @Test func whoWaitedTooLongIsTold() async throws {
    let gate = Gate()
    let time = Mutex(Duration.zero)
    let configuration = Serving.configuration {
      $0.maximumTokens = Self.endless
      $0.maximumRunning = 1
      $0.queueTimeout = .seconds(20)
    }
    let server = try ProgramServer(configuration, now: { time.withLock { $0 } }, beforeSlice: { gate.pass() })
    func slices(_ count: Int, at seconds: Int) async throws -> Int {
      time.withLock { $0 = .seconds(seconds) }
      gate.admit(count)
      try await eventually("the slices are computed") { gate.waitingCount == 1 }
      return await server.state.waitingRuns
    }
    let request = try ProgramRequest(Serving.program(.endless))
    let first = try await server.run(request)
    try await eventually("the first run begins") { gate.waitingCount == 1 }
    let second = try await server.run(request)
    #expect(try await slices(3, at: 5) == 1)
    let third = try await server.run(request)
    #expect(try await slices(3, at: 19) == 2)
    #expect(try await slices(3, at: 20) == 1)
    #expect(try await slices(3, at: 24) == 1)
    try #require(try await slices(3, at: 25) == 0)
    for stream in [second, third] {
      let error = await #expect(throws: ProgramServingError.self) { for try await _ in stream {} }
      #expect(error?.kind == .timedOut)
    }
    #expect(try await slices(3, at: 1000) == 0)
    #expect(await server.state.begunRuns == 1)
    async let closing: Void = server.close(within: .zero)
    try await Serving.expectNothingLeft(server, behind: gate)
    await closing
    withExtendedLifetime(first) {}
  }

  @Test func closingWaitsForRuns() async throws {
    let gate = Gate()
    let server = try Serving.server(behind: gate)
    let hello = try ProgramRequest(Serving.small("hello"), input: [0x41])
    async let answer = Serving.answer(hello, by: server)
    try await eventually("the run is taken") { await server.state.begunRuns == 1 }
    async let closing: Void = server.close()
    // The program takes no input, so that this is refused for one reason or the other.
    let refused = try ProgramRequest(Serving.program(.exiting(0)), input: [1])
    try await eventually("no more requests are taken") {
      let error = await #expect(throws: ProgramServingError.self) { try await server.run(refused) }
      return error?.kind == .closed
    }
    gate.open()
    await closing
    #expect(await server.work.endedRuns == 1)
    #expect(try await answer.text == "Hello, A!\n")
    try await Serving.expectNothingLeft(server)
  }

  /// What goes on with something that was begun is taken while the server closes, and what waits of it keeps its turn.
  @Test func closingLetsContinuationsIn() async throws {
    let gate = Gate()
    let server = try Serving.server(behind: gate) { $0.maximumRunning = 1 }
    let hello = try ProgramRequest(Serving.small("hello"), input: [0x41])
    var continuation = hello
    continuation.isContinuation = true
    let next = continuation
    async let first = Serving.answer(hello, by: server)
    try await eventually("the run is taken") { await server.state.begunRuns == 1 }
    async let second = Serving.answer(next, by: server)
    try await eventually("the next one waits") { await server.state.waitingRuns == 1 }
    let waiting = try await server.run(hello)
    async let closing: Void = server.close(within: patience)
    let error = await #expect(throws: ProgramServingError.self) { for try await _ in waiting {} }
    #expect(error?.kind == .closed)
    async let third = Serving.answer(next, by: server)
    try await eventually("both wait") { await server.state.waitingRuns == 2 }
    gate.open()
    await closing
    for text in try await [first.text, second.text, third.text] { #expect(text == "Hello, A!\n") }
    #expect(try await Serving.answer(next, by: server).text == "Hello, A!\n", "until the limit, whatever ran before")
    await server.close(within: .zero)
    let late = await #expect(throws: ProgramServingError.self) { try await server.run(next) }
    #expect(late?.kind == .closed)
    try await Serving.expectNothingLeft(server)
  }

  @Test func closingEndsRunsThatTakeTooLong() async throws {
    let gate = Gate(passes: 10)
    let server = try Serving.server(behind: gate) { $0.maximumTokens = Self.endless }
    let stream = try await server.run(ProgramRequest(Serving.program(.endless)))
    try await eventually("the run writes") { await server.work.generatedTokens > 0 }
    async let closing: Void = server.close(within: .milliseconds(50))
    let error = await #expect(throws: ProgramServingError.self) { for try await _ in stream {} }
    #expect(error?.kind == .closed)
    gate.open()
    await closing
    try await Serving.expectNothingLeft(server)
  }

  /// One client has sixty endless runs, another a single one: both get the same, to the slice.
  @Test func aFloodDoesNotKeepOthersWaiting() async throws {
    let gate = Gate()
    let server = try Serving.server(behind: gate) {
      $0.maximumTokens = Self.endless
      $0.threads = 1
      $0.maximumRunning = 128
    }
    var streams: [AsyncThrowingStream<ProgramPart, any Error>] = []
    for client in Array(repeating: "flood", count: 60) + ["other"] {
      var request = try ProgramRequest(Serving.program(.endless))
      request.client = Client(user: client)
      streams.append(try await server.run(request))
    }
    gate.admit(400)
    try await eventually("the work is done that was admitted") { gate.waitingCount == 1 }
    let progress = await server.progress
    let (flood, other) = (progress["flood", default: 0], progress["other", default: 0])
    #expect(abs(flood - other) <= 700 && other > 100_000, "\(flood) and \(other) tokens")
    withExtendedLifetime(streams) {}
    streams = []
    try await Serving.expectNothingLeft(server, behind: gate)
  }
}
