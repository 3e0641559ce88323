import Batching
import Foundation
import LanguageModel
import PagedCache
import RandomNumbers
import Serving
import TestSupport
import Testing

/// More requests than the pages are for, from clients that go away at random.
@Suite struct VanishingClientsTests {
  /// A request, and after how many tokens its client goes away.
  private struct Client: Sendable {
    var request: GenerationRequest
    var patience: Int?
  }

  /// Requests whose prompts are paths through one random tree.
  private func clients(_ count: Int, _ random: inout SplitMix64) -> [Client] {
    var tree: [[Int]: [Int]] = [:]
    return (0..<count).map { number in
      var path: [Int] = []
      var prompt: [Int] = []
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        path.append(Int.random(in: 0..<3, using: &random))
        let own = (0..<Int.random(in: 4...30, using: &random)).map { _ in Int.random(in: 0..<512, using: &random) }
        let run = tree[path] ?? own
        tree[path] = run
        prompt += run
      }
      var parameters = GenerateParameters(maxTokens: Int.random(in: 1...30, using: &random), temperature: 0)
      if Bool.random(using: &random) { parameters.temperature = 0.9 }
      parameters.seed = UInt64(number)
      let vanishes = Int.random(in: 0..<5, using: &random) < 2
      return Client(
        request: GenerationRequest(prompt: prompt, parameters: parameters),
        patience: vanishes ? Int.random(in: 0...12, using: &random) : nil)
    }
  }

  /// The tokens that a client got, and whether it had all of them.
  private static func serve(_ client: Client, _ engine: ServingEngine) async throws -> (tokens: [Int], isWhole: Bool) {
    var tokens: [Int] = []
    let stream = try await engine.generate(client.request)
    guard client.patience != 0 else { return ([], false) }
    for try await part in stream {
      switch part {
      case .token(let chosen): tokens.append(chosen.token)
      case .end: return (tokens, true)
      default: break
      }
      if tokens.count == client.patience { break }
    }
    return (tokens, false)
  }

  /// Has an engine compute two requests each of which comes to need more than half of the pages: while both go on, the pages
  /// cannot be enough. The first waits for the second to have come.
  private static func crowd(
    _ engine: ServingEngine, pages: Int
  ) async throws -> [AsyncThrowingStream<ServedPart, any Error>] {
    let gate = Gate()
    var streams: [AsyncThrowingStream<ServedPart, any Error>] = []
    for number in 0..<2 {
      var request = GenerationRequest(
        prompt: [500 + number], parameters: GenerateParameters(maxTokens: pages * 9, temperature: 0))
      request.processors = [GateProcessor(gate: gate, token: 1)]
      request.priority = 100
      streams.append(try await engine.generate(request))
    }
    gate.open()
    return streams
  }

  @Test func survivorsAreServedRightAndNoPageIsLost() throws {
    let isLong = ProcessInfo.processInfo.environment["TVM_LONG_TESTS"] != nil
    var random = SplitMix64()
    let clients = clients(isLong ? 400 : 100, &random)
    let model = try makeTinyModel()
    let pages = 14
    var configuration = ServingConfiguration()
    configuration.cacheBytes = pages * KeyValueLayout(model.configuration).bytesPerPage(pageSize: 16)
    configuration.batch.tokenBudget = 64
    configuration.batch.maxRunning = 8
    let engine = try ServingEngine(model: model, configuration)
    let found = try onOwnThreads {
      let crowding = try await Self.crowd(engine, pages: pages)
      let found = try await withThrowingTaskGroup(of: (Int, [Int], Bool).self) { group in
        for (number, client) in clients.enumerated() {
          group.addTask {
            let (tokens, isWhole) = try await Self.serve(client, engine)
            return (number, tokens, isWhole)
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      for stream in crowding { #expect(try await collect(stream).tokens.count == pages * 9) }
      await engine.close()
      return found
    }
    #expect(found.count == clients.count)
    for (number, tokens, isWhole) in found {
      let client = clients[number]
      let alone = try tokensAlone(client.request, model)
      let note: Comment = "request \(number), seed \(SplitMix64.testSeed)"
      #expect(tokens == (isWhole ? alone : Array(alone.prefix(tokens.count))), note)
      #expect(isWhole || tokens.count == client.patience, note)
    }
    let (state, totals, left) = try onOwnThreads { (await engine.state, await engine.totals, await engine.requests) }
    #expect(totals.preemptions > 0, "the pages were enough")
    #expect(state.protectedPages == 0 && state.freePages + state.evictablePages == pages)
    #expect(state.running == 0 && state.waiting == 0 && left.isEmpty)
  }
}
