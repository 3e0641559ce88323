import LoadGeneration
import Testing

/// What a server says where it refuses a request.
@Suite struct RefusalTests {
  private static func report(_ status: Int, _ body: String) async throws -> LoadReport {
    let server = try ScriptedServer { _ in .whole(status, body) }
    defer { server.stop() }
    let load = LoadPlan.Load(
      requests: 2, arrival: .concurrency(1), sharedPercent: 0, promptLength: .fixed(2), answerLength: .fixed(2), seed: 1
    )
    let target = LoadTarget(address: server.address, model: "tiny")
    return LoadReport(await LoadRun(LoadPlan(load), to: target).run())
  }

  @Test func theFirstRefusalIsTold() async throws {
    let report = try await Self.report(404, #"{"error":{"message":"no such model"}}"#)
    #expect(report.refusal == "no such model" && report.failures == ["status 404": 2])
    #expect(try await Self.report(502, "Bad gateway\nmore").refusal == "Bad gateway")
    #expect(try await Self.report(500, "").refusal == nil)
    let long = try await Self.report(500, String(repeating: "x", count: 100_000))
    #expect((long.refusal?.count ?? 0) < 1000)
  }
}
