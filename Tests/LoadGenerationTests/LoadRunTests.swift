import Foundation
import LoadGeneration
import Synchronization
import TestSupport
import Testing

/// Loads on a server that does as it is told.
@Suite struct LoadRunTests {
  private static func piece(_ text: String) -> String {
    "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\(text)\"}}],\"usage\":null}\n\n"
  }

  private static let usage = """
    data: {"choices":[],"usage":{"prompt_tokens":21,"completion_tokens":3,"prompt_tokens_details":{"cached_tokens":16}}}


    """
  private static let answer = [
    "data: {\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\n\n", piece("a"), piece("b"),
    piece("c"),
    usage, "data: [DONE]\n\n",
  ]

  private func run(
    _ load: LoadPlan.Load = LoadRunTests.load(3), timeout: Duration = patience,
    _ change: (inout LoadTarget) -> Void = { _ in }, answer: @escaping @Sendable (Data) -> Reply
  ) async throws -> (records: [RequestRecord], seen: ScriptedServer.Seen) {
    let server = try ScriptedServer(answer)
    var target = LoadTarget(address: server.address, model: "tiny", timeout: timeout)
    change(&target)
    let records = await LoadRun(LoadPlan(load), to: target).run()
    server.stop()
    return (records, server.seen.withLock { $0 })
  }

  private static func load(_ requests: Int, _ arrival: ArrivalPattern = .concurrency(2)) -> LoadPlan.Load {
    LoadPlan.Load(
      requests: requests, arrival: arrival, sharedPercent: 50, promptLength: .fixed(20), answerLength: .fixed(5),
      seed: 1)
  }

  @Test func aStreamIsMeasured() async throws {
    let clock = TestClock()
    // Nothing is sent before the client has noted when it got what came before.
    let server = try ScriptedServer { _ in
      .pieces(Self.answer, pace: { clock.move(by: .milliseconds(20), $0) })
    }
    let target = LoadTarget(address: server.address, model: "tiny", timeout: patience)
    let records = await LoadRun(LoadPlan(Self.load(3, .concurrency(1))), to: target) { { clock.now() } }.run()
    server.stop()
    #expect(records.count == 3)
    for (number, record) in records.enumerated() {
      #expect(record.failure == nil)
      #expect(record.promptTokens == 21 && record.cachedTokens == 16 && record.generatedTokens == 3)
      #expect(record.due == .milliseconds(120 * number) && record.sent == record.due)
      // The role comes first and is no text.
      #expect(record.timeToFirstToken == .milliseconds(40))
      #expect(record.gaps == [.milliseconds(20), .milliseconds(20)])
      #expect(record.totalTime == .milliseconds(120))
    }
    #expect(server.seen.withLock { $0.paths } == Array(repeating: "/v1/chat/completions", count: 3))
  }

  @Test func requestsSayWhatIsAsked() async throws {
    let load = Self.load(1)
    let chat = try await run(load) { _ in .pieces(Self.answer) }
    let body = try #require(try JSONSerialization.jsonObject(with: chat.seen.bodies[0]) as? [String: Any])
    #expect(body["model"] as? String == "tiny")
    #expect(body["max_tokens"] as? Int == 5)
    #expect(body["stream"] as? Bool == true)
    #expect((body["stream_options"] as? [String: Bool]) == ["include_usage": true])
    let prompt = LoadPlan(load).requests[0].prompt
    #expect(body["messages"] as? [[String: String]] == [["role": "user", "content": prompt]])
    #expect(chat.seen.keys == [nil])

    let text = try await run(load) { target in
      (target.endpoint, target.key, target.address) = (.completions, "secret", target.address + "/")
    } answer: { _ in
      .pieces(["data: {\"choices\":[{\"text\":\"x\"}]}\n\n", "data: [DONE]\n\n"])
    }
    let fields = try #require(try JSONSerialization.jsonObject(with: text.seen.bodies[0]) as? [String: Any])
    #expect(fields["prompt"] as? String == prompt && fields["messages"] == nil)
    #expect(text.seen.paths == ["/v1/completions"] && text.seen.keys == ["Bearer secret"])
    #expect(text.records.map(\.generatedTokens) == [1], "pieces count where the server does not")
  }

  @Test func aWholeAnswerIsOnePiece() async throws {
    let body = #"{"choices":[{"message":{"content":"abc"}}],"usage":{"prompt_tokens":4,"completion_tokens":9}}"#
    let (records, seen) = try await run(Self.load(3)) { target in
      target.streams = false
    } answer: { _ in
      .whole(200, body)
    }
    #expect(records.allSatisfy { $0.failure == nil && $0.pieces.count == 1 && $0.generatedTokens == 9 })
    let fields = try #require(try JSONSerialization.jsonObject(with: seen.bodies[0]) as? [String: Any])
    #expect(fields["stream"] as? Bool == false && fields["stream_options"] == nil)
  }

  @Test func failuresHaveTheirKinds() async throws {
    let error = "data: {\"error\":{\"message\":\"no\"}}\n\n"
    let cases: [(Reply, LoadFailure)] = [
      (.whole(429, "{}"), .status(429)), (.whole(500, ""), .status(500)), (.whole(307, ""), .status(307)),
      (.pieces([Self.piece("a")], breaks: true), .brokenOff), (.pieces([Self.piece("a")]), .brokenOff),
      (.pieces(["data: nonsense\n\n"]), .malformed), (.pieces([Self.piece("a"), error]), .reported),
      (.whole(200, ""), .brokenOff),
    ]
    for (reply, failure) in cases {
      let (records, _) = try await run(Self.load(2)) { _ in reply }
      #expect(records.map(\.failure) == [failure, failure], "\(reply)")
    }
    let (whole, _) = try await run(Self.load(1)) { target in
      target.streams = false
    } answer: { _ in
      .whole(200, "[")
    }
    #expect(whole.map(\.failure) == [.malformed])
    let (late, _) = try await run(Self.load(1), timeout: .milliseconds(80)) { _ in .silence }
    #expect(late.map(\.failure) == [.timeout])
    let (slow, _) = try await run(Self.load(1), timeout: .milliseconds(80)) { _ in .endless(Self.piece("a")) }
    #expect(slow.map(\.failure) == [.timeout])
    let nowhere = LoadTarget(address: "http://127.0.0.1:1/v1", model: "tiny")
    let unreachable = await LoadRun(LoadPlan(Self.load(2)), to: nowhere).run()
    #expect(unreachable.map(\.failure) == [.connection, .connection])
  }

  /// Sums of counts are counts.
  @Test(arguments: ["9223372036854775807", "-9223372036854775808", "-1", "1e300"])
  func whatCannotBeCountedIsMalformed(_ count: String) async throws {
    let counts = ["prompt_tokens", "completion_tokens"].map { #"{"\#($0)":N}"# }
    for usage in counts + [#"{"prompt_tokens_details":{"cached_tokens":N}}"#] {
      let event = "data: {\"choices\":[],\"usage\":\(usage.replacing("N", with: count))}\n\n"
      let (records, _) = try await run(Self.load(2)) { _ in .pieces([Self.piece("a"), event, "data: [DONE]\n\n"]) }
      #expect(records.map(\.failure) == [.malformed, .malformed], "\(usage)")
    }
  }

  @Test(arguments: [1, 5, 40])
  func soManyRunAtAnyTime(concurrency: Int) async throws {
    // Nobody is answered before as many have come as there may be.
    let gate = Gate(opensFor: concurrency)
    let (records, seen) = try await run(Self.load(40, .concurrency(concurrency))) { _ in
      gate.pass()
      return .pieces(Self.answer)
    }
    #expect(records.count == 40 && records.allSatisfy { $0.failure == nil })
    #expect(seen.mostRunning == concurrency)
  }

  @Test func arrivalsDoNotWaitForAnswers() async throws {
    let plan = LoadPlan(Self.load(12, .rate(100)))
    // Nobody is answered before all have come.
    let gate = Gate(opensFor: 12)
    let server = try ScriptedServer { _ in
      gate.pass()
      return .pieces(Self.answer)
    }
    let steps = Mutex<[LoadRun.Progress]>([])
    let target = LoadTarget(address: server.address, model: "tiny", timeout: patience)
    let records = await LoadRun(plan, to: target).run { progress in
      steps.withLock { $0.append(progress) }
    }
    server.stop()
    #expect(server.seen.withLock { $0.mostRunning } == 12)
    for (record, request) in zip(records, plan.requests) {
      #expect(record.failure == nil)
      #expect(record.due == request.arrival && record.sent >= record.due)
    }
    let seen = steps.withLock { $0 }
    #expect(seen.map { $0.sent + $0.ended } == Array(1...24))
    #expect(seen.last?.ended == 12 && seen.last?.failed == 0)
  }
}
