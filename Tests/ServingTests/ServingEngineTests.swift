import Batching
import Foundation
import Kernels
import LanguageModel
import PagedCache
import PrefixTree
import Serving
import Synchronization
import TestSupport
import Testing

@Suite struct ServingEngineTests {
  /// Prompts with beginnings in common, some chosen greedily, some by chance, some with penalties.
  private func requests(_ count: Int, maxTokens: Int = 20) -> [GenerationRequest] {
    (0..<count).map { number in
      let shared = (0..<70).map { $0 * 7 % 512 }
      let prompt = shared.prefix([5, 37, 70][number % 3]) + (0..<number % 5 + 1).map { ($0 + number) % 512 }
      var parameters = GenerateParameters(maxTokens: maxTokens + number, temperature: 0)
      if number % 2 == 1 { parameters.temperature = 0.8 }
      if number % 4 == 3 { (parameters.repetitionPenalty, parameters.frequencyPenalty) = (1.2, 0.1) }
      parameters.seed = UInt64(number)
      return GenerationRequest(prompt: Array(prompt), parameters: parameters)
    }
  }

  private func configuration(
    pages: Int, _ model: Qwen3Model, _ change: (inout ServingConfiguration) -> Void = { _ in }
  ) -> ServingConfiguration {
    var configuration = ServingConfiguration()
    configuration.cacheBytes = pages * KeyValueLayout(model.configuration).bytesPerPage(pageSize: 16)
    configuration.batch.tokenBudget = 48
    configuration.batch.maxRunning = 8
    change(&configuration)
    return configuration
  }

  @Test(arguments: [Qwen3Configuration.tiny(), .tinyMixture()], [200, 9])
  func everybodyGetsTheTokensOfBeingAlone(shape: Qwen3Configuration, pages: Int) throws {
    let model = try makeTinyModel(shape)
    let engine = try ServingEngine(model: model, configuration(pages: pages, model))
    let requests = requests(24)
    // No step ends before all have come, so that the pages must serve them at once.
    let gate = Gate()
    let found = try onOwnThreads {
      try await withThrowingTaskGroup(of: (Int, Collected).self) { group in
        for (number, request) in requests.enumerated() {
          var gated = request
          gated.processors = [GateProcessor(gate: gate)]
          let request = gated
          group.addTask { (number, try await collect(try await engine.generate(request))) }
        }
        try await eventually("all requests have come") { await engine.requests.count == requests.count }
        gate.open()
        return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
      }
    }
    for (number, request) in requests.enumerated() {
      let collected = try #require(found[number])
      #expect(collected.tokens == (try tokensAlone(request, model)), "request \(number), \(pages) pages")
      let info = try #require(collected.info)
      #expect(info.promptTokens == request.prompt.count)
      #expect(info.cachedTokens == collected.cachedTokens)
      #expect(info.generatedTokens == collected.tokens.count)
      #expect(info.queueTime <= info.timeToFirstToken && info.timeToFirstToken <= info.totalTime)
    }
    let (state, totals) = try onOwnThreads { (await engine.state, await engine.totals) }
    #expect(state.protectedPages == 0 && state.running == 0 && state.waiting == 0)
    #expect(totals.cachedTokens > 0)
    #expect((totals.preemptions > 0) == (pages == 9), "nine pages are too few, \(pages) are enough")
  }

  /// Keeps the bits of the logits that tokens are chosen from.
  private struct Recorder: LogitsProcessor {
    final class Log: Sendable {
      let bits = Mutex<[[UInt32]]>([])
    }

    let log = Log()

    func process(_ logits: inout [Float], after generated: [Int]) {
      let bits = logits.map(\.bitPattern)
      log.bits.withLock { $0.append(bits) }
    }
  }

  @Test func logitsHaveTheSameBitsCachedOrNotAndInAnyBatch() throws {
    let model = try makeTinyModel()
    let engine = try ServingEngine(model: model, configuration(pages: 9, model))
    var requests = requests(12)
    // Twice the same, so that the second finds nearly everything cached.
    requests += requests
    let recorders = requests.map { _ in Recorder() }
    for index in requests.indices { requests[index].processors = [recorders[index]] }
    let submitted = requests
    let found = try onOwnThreads {
      var streams: [AsyncThrowingStream<ServedPart, any Error>] = []
      for request in submitted { streams.append(try await engine.generate(request)) }
      var found: [Collected] = []
      for stream in streams { found.append(try await collect(stream)) }
      return found
    }
    let pass = ForwardPass(model)
    for (number, request) in requests.enumerated() {
      let prompt = request.prompt + found[number].tokens.dropLast()
      let rows = try pass.run([SequenceStep(prompt, cache: model.makeCache(), logits: .all)])
      let alone = (request.prompt.count - 1..<prompt.count).map { rows.numbers(at: $0).map(\.bitPattern) }
      #expect(recorders[number].log.bits.withLock { $0 } == alone, "request \(number)")
    }
  }

  @Test func aStreamThatIsDroppedFreesItsPages() throws {
    let model = try makeTinyModel()
    let engine = try ServingEngine(model: model, configuration(pages: 300, model))
    let gate = Gate(passes: 10)
    var endless = requests(1, maxTokens: 4000)[0]
    endless.parameters.temperature = 1
    endless.processors = [GateProcessor(gate: gate)]
    let (request, other) = (endless, requests(4)[2])
    let (seen, collected) = try onOwnThreads {
      let reader = Task(executorPreference: GenerationExecutor.shared) {
        var seen = 0
        for try await _ in try await engine.generate(request) {
          seen += 1
          if seen == 5 { break }
        }
        return seen
      }
      let seen = try await reader.value
      try await eventually("the engine hears that nobody reads") { await engine.requests.isEmpty }
      gate.open()
      let collected = try await collect(try await engine.generate(other))
      await engine.close()
      return (seen, collected)
    }
    #expect(seen == 5)
    #expect(collected.tokens == (try tokensAlone(other, model)))
    let (state, totals) = try onOwnThreads { (await engine.state, await engine.totals) }
    #expect(state.protectedPages == 0)
    #expect(totals.generatedTokens <= 11 + collected.tokens.count, "it did not go on for nobody")
  }

  @Test func clientsThatVanishDisturbNobody() throws {
    let isLong = LongTests.areWanted
    let model = try makeTinyModel()
    let engine = try ServingEngine(model: model, configuration(pages: 12, model) { $0.precision = .float32 })
    let requests = requests(isLong ? 400 : 60).map { request in
      var request = request
      request.parameters.maxTokens = 5 + (request.parameters.maxTokens ?? 0) % 30
      return request
    }
    let found = try onOwnThreads {
      try await withThrowingTaskGroup(of: (Int, [Int], Bool).self) { group in
        for (number, request) in requests.enumerated() {
          group.addTask {
            var tokens: [Int] = []
            for try await part in try await engine.generate(request) {
              if case .begun = part { continue }
              guard case .token(let chosen) = part else { return (number, tokens, true) }
              tokens.append(chosen.token)
              if number % 3 == 1, tokens.count == number % 11 + 1 { break }
            }
            return (number, tokens, false)
          }
        }
        var found: [(Int, [Int], Bool)] = []
        for try await result in group { found.append(result) }
        await engine.close()
        return found
      }
    }
    for (number, tokens, isWhole) in found {
      let alone = try tokensAlone(requests[number], model)
      #expect(tokens == (isWhole ? alone : Array(alone.prefix(tokens.count))), "request \(number)")
      #expect(isWhole || number % 3 == 1)
    }
    let (state, requestsLeft) = try onOwnThreads { (await engine.state, await engine.requests) }
    #expect(state.protectedPages == 0 && state.freePages + state.evictablePages == 12)
    #expect(requestsLeft.isEmpty)
  }

  @Test(arguments: [KeyValuePrecision.bfloat16, .int8])
  func roundedPagesServeTheSameTokensInAnyBatch(precision: KeyValuePrecision) throws {
    let model = try makeTinyModel()
    let requests = requests(12)
    func serve(pages: Int, side: Int) throws -> [[Int]] {
      let engine = try ServingEngine(
        model: model,
        configuration(pages: pages, model) {
          $0.precision = precision
          $0.cacheBytes = pages * KeyValueLayout(model.configuration, precision).bytesPerPage(pageSize: 16)
          $0.batch.maxRunning = side
        })
      return try onOwnThreads {
        var streams: [AsyncThrowingStream<ServedPart, any Error>] = []
        for request in requests { streams.append(try await engine.generate(request)) }
        var found: [[Int]] = []
        for stream in streams { found.append(try await collect(stream).tokens) }
        return found
      }
    }
    let alone = try serve(pages: 100, side: 1)
    #expect(try serve(pages: 100, side: 8) == alone)
    #expect(try serve(pages: 9, side: 8) == alone)
  }

  @Test func aTokenThatEndsATextIsNotPassedOn() throws {
    let model = try makeTinyModel()
    let engine = try ServingEngine(model: model, configuration(pages: 20, model))
    var request = requests(3)[2]
    let alone = try tokensAlone(request, model)
    request.parameters.extraStopTokens = [alone[6]]
    let stopping = request
    let collected = try onOwnThreads { try await collect(try await engine.generate(stopping)) }
    #expect(collected.tokens == Array(alone.prefix { $0 != alone[6] }))
    #expect(collected.info?.stopReason == .stop)
  }

  @Test func probabilitiesAreThoseOfTheLogits() throws {
    let model = try makeTinyModel()
    let engine = try ServingEngine(model: model, configuration(pages: 20, model))
    var request = requests(2)[1]
    request.logProbabilities = 3
    let asking = request
    let collected = try onOwnThreads { try await collect(try await engine.generate(asking)) }
    let tokens = request.prompt + collected.tokens
    let rows = try ForwardPass(model).run([SequenceStep(tokens, cache: model.makeCache(), logits: .all)])
    for (number, chosen) in collected.chosen.enumerated() {
      let logits = rows.numbers(at: request.prompt.count - 1 + number).map(Double.init)
      let total = logits.reduce(0) { $0 + exp($1) }
      let expected = logits.map { log(exp($0) / total) }
      let found = try #require(chosen.logProbability)
      #expect(abs(Double(found) - expected[chosen.token]) < 1e-5)
      let best = expected.indices.sorted { (expected[$1], $0) < (expected[$0], $1) }.prefix(3)
      #expect(chosen.candidates.map(\.token) == Array(best))
      for candidate in chosen.candidates {
        #expect(abs(Double(candidate.logProbability) - expected[candidate.token]) < 1e-5)
      }
    }
  }
}
