import Engine
import ServedPrograms
import Testing
import TransformerVM

/// What a server does where there is not enough of something, or nobody wants what it gives.
@Suite struct ServerLimitTests {
  /// Waits until a server has written so many tokens.
  private static func wait(for server: ProgramServer, tokens: Int) async throws {
    for _ in 0..<2000 {
      if await server.work.generatedTokens >= tokens { return }
      try await Task.sleep(for: .milliseconds(5))
    }
    Issue.record("the server does not write")
  }

  @Test func aDroppedStreamFreesItsMemory() async throws {
    let server = try Serving.server { $0.maximumTokens = 1 << 24 }
    let request = try ProgramRequest(Serving.program(.endless))
    do {
      let streams = [try await server.run(request), try await server.run(request), try await server.run(request)]
      try await Self.wait(for: server, tokens: 5000)
      let pages = await server.state.protectedPages
      withExtendedLifetime(streams) { #expect(pages > 0) }
    }
    try await Serving.expectNothingLeft(server)
    // The program itself is still known.
    #expect(await server.state.evictablePages > 0)
  }

  @Test func runsThatHaveNotBegunCanBeDropped() async throws {
    let server = try Serving.server {
      $0.maximumTokens = 1 << 24
      $0.maximumRunning = 1
    }
    let request = try ProgramRequest(Serving.program(.endless))
    do {
      let first = try await server.run(request)
      let second = try await server.run(request)
      let count = await server.state.waitingRuns
      withExtendedLifetime((first, second)) { #expect(count == 1) }
    }
    try await Serving.expectNothingLeft(server)
  }

  @Test func aCancelledTaskEndsItsRun() async throws {
    let server = try Serving.server { $0.maximumTokens = 1 << 24 }
    let request = try ProgramRequest(Serving.program(.endless))
    let task = Task { try await Serving.answer(request, by: server) }
    try await Self.wait(for: server, tokens: 1000)
    task.cancel()
    _ = try? await task.value
    try await Serving.expectNothingLeft(server)
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
    // Pages for the program, and for about two runs with what each engine takes at least.
    let server = try Serving.server { $0.cacheBytes = (program.prefix.count + 2 * (longest + 6_000)) * 128 }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for input in inputs {
        group.addTask {
          var request = ProgramRequest(program, input: Array("\(input)".utf8))
          request.streamsTrace = true
          try Serving.expectAsAlone(try await Serving.answer(request, by: server), request)
        }
      }
      try await group.waitForAll()
    }
    #expect(await server.work.preemptions > 0)
    try await Serving.expectNothingLeft(server)
  }

  /// A run that does not fit even alone ends with an error.
  @Test func aRunThatIsTooLargeForTheServerEnds() async throws {
    let server = try Serving.server {
      $0.cacheBytes = 40_000 * 128
      $0.maximumTokens = 1 << 24
    }
    let error = await #expect(throws: ProgramServingError.self) {
      _ = try await Serving.answer(ProgramRequest(Serving.program(.endless)), by: server)
    }
    #expect(error?.kind == .tooLarge)
    try await Serving.expectNothingLeft(server)
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

  @Test func closingWaitsForRunsOrEndsThem() async throws {
    let server = try Serving.server { $0.maximumTokens = 1 << 24 }
    let hello = try ProgramRequest(Serving.small("hello"), input: [0x41])
    let endless = try ProgramRequest(Serving.program(.endless))
    async let answer = Serving.answer(hello, by: server)
    let stream = try await server.run(endless)
    #expect(try await answer.text == "Hello, A!\n")
    await server.close(within: .milliseconds(50))
    let error = await #expect(throws: ProgramServingError.self) { for try await _ in stream {} }
    #expect(error?.kind == .closed)
    try await Serving.expectNothingLeft(server)
  }

  /// One client has sixty endless runs, another one that ends: that has half of the time.
  @Test func aFloodDoesNotKeepOthersWaiting() async throws {
    let server = try Serving.server {
      $0.maximumTokens = 1 << 24
      $0.threads = 1
      $0.maximumRunning = 128
    }
    var flood = try ProgramRequest(Serving.program(.endless))
    flood.client = "flood"
    var streams: [AsyncThrowingStream<ProgramPart, any Error>] = []
    for _ in 0..<60 { streams.append(try await server.run(flood)) }
    try await Self.wait(for: server, tokens: 3000)
    var request = try ProgramRequest(Serving.program(.endless))
    (request.client, request.maximumTokens) = ("other", 140_000)
    let stream = try await server.run(request)
    let before = await server.work.generatedTokens
    var own = 0
    for try await part in stream { if case .end(let report) = part { own = report.generatedTokens } }
    let all = await server.work.generatedTokens - before
    #expect(own * 100 >= all * 45, "\(own) of \(all) tokens")
    withExtendedLifetime(streams) {}
    streams = []
    try await Serving.expectNothingLeft(server)
  }
}
