import Batching
import Foundation
import LanguageModel
import PagedCache
import Serving
import Synchronization
import TestSupport
import Testing

/// What happens when things go wrong, with a computer that says so.
@Suite struct EngineFailureTests {
  /// Chooses token 1 always; fails when told to.
  private final class Computer: StepComputer {
    let vocabularySize = 8
    let longestSequence = 100
    let stopTokens: Set<Int> = [7]
    let failures: Set<Int>
    let logits: [Float]
    /// What each step passes first; nil for nothing.
    let gate: Gate?
    private let steps = Mutex(0)

    init(failures: Set<Int> = [], logits: [Float] = [0, 1, 0, 0, 0, 0, 0, 0], gate: Gate? = nil) {
      self.gate = gate
      self.failures = failures
      self.logits = logits
    }

    func compute(_ plan: StepPlan) throws(LanguageModelError) -> [[Float]] {
      let step = steps.withLock { steps in
        steps += 1
        return steps
      }
      gate?.pass()
      if failures.contains(step) { throw LanguageModelError(.output, "step \(step) fails") }
      return plan.work.filter(\.choosesToken).map { _ in logits }
    }
  }

  private struct Refusing: LogitsProcessor {
    struct Refusal: Error {}

    func process(_ logits: inout [Float], after generated: [Int]) throws {
      if generated.count == 2 { throw Refusal() }
    }
  }

  private func engine(
    _ computer: Computer = Computer(), now: @escaping @Sendable () -> Duration = ServingEngine.clock(),
    _ change: (inout BatchConfiguration) -> Void = { _ in }
  ) throws -> ServingEngine {
    var configuration = BatchConfiguration()
    change(&configuration)
    return try ServingEngine(computer, pool: PagePool(pageSize: 4, pageCount: 30), configuration, now: now)
  }

  private func request(_ prompt: [Int] = [1, 2, 3], maxTokens: Int? = 4) -> GenerationRequest {
    GenerationRequest(prompt: prompt, parameters: GenerateParameters(maxTokens: maxTokens, temperature: 0))
  }

  private func error(_ engine: ServingEngine, _ request: GenerationRequest) throws -> (any Error)? {
    try onOwnThreads {
      do {
        _ = try await collect(try await engine.generate(request))
        return nil
      } catch {
        return error
      }
    }
  }

  @Test func aStepThatFailsEndsItsRequestsAndNoOthers() throws {
    let engine = try engine(Computer(failures: [2]))
    let failed = try error(engine, request())
    #expect(failed as? ServingError == ServingError(.failed, "step 2 fails"))
    let next = request()
    let collected = try onOwnThreads { try await collect(try await engine.generate(next)) }
    #expect(collected.tokens == [1, 1, 1, 1])
    #expect(collected.info?.stopReason == .length)
    #expect(try onOwnThreads { await engine.state.protectedPages } == 0)
  }

  @Test func aRequestForWhichNoTokenIsLeftFailsAlone() throws {
    let none = try engine(Computer(logits: Array(repeating: -.infinity, count: 8)))
    #expect((try error(none, request()) as? ServingError)?.kind == .failed)
    let engine = try engine()
    var refusing = request(maxTokens: 9)
    refusing.processors = [Refusing()]
    #expect(try error(engine, refusing) is Refusing.Refusal)
    #expect(try error(engine, request()) == nil)
    #expect(try onOwnThreads { await engine.state.protectedPages } == 0)
  }

  @Test func whatCannotBeServedIsRefused() throws {
    let engine = try engine()
    func kind(_ request: GenerationRequest) throws -> AdmissionError.Kind? {
      (try error(engine, request) as? AdmissionError)?.kind
    }
    #expect(try kind(request([])) == .argument)
    #expect(try kind(request([8])) == .argument)
    #expect(try kind(request([-1])) == .argument)
    #expect(try kind(request(maxTokens: 0)) == .argument)
    #expect(try kind(request(maxTokens: -1)) == .argument)
    var tooHot = request()
    tooHot.parameters.temperature = .infinity
    #expect(try kind(tooHot) == .argument)
    #expect(try kind(request(Array(repeating: 1, count: 101))) == .promptTooLong)
    #expect(try kind(request(Array(repeating: 1, count: 100))) == nil)
    #expect(try onOwnThreads { await engine.state.protectedPages } == 0)
  }

  @Test func withoutALimitATextGoesOnToTheEndOfTheContext() throws {
    let engine = try engine()
    let request = request(maxTokens: nil)
    let collected = try onOwnThreads { try await collect(try await engine.generate(request)) }
    #expect(collected.tokens.count == 98)
    #expect(collected.info?.stopReason == .length)
  }

  /// Whether an engine takes no more requests; this one it refuses anyway.
  private static func isClosed(_ engine: ServingEngine) async -> Bool {
    let refused = GenerationRequest(prompt: [-1], parameters: GenerateParameters(temperature: 0))
    let error = await #expect(throws: AdmissionError.self) { try await engine.generate(refused) }
    return error?.kind == .closed
  }

  @Test func aClosedEngineFinishesAndTakesNoMore() throws {
    let gate = Gate()
    let engine = try engine(Computer(gate: gate))
    let request = request(maxTokens: 60)
    let collected = try onOwnThreads {
      let stream = try await engine.generate(request)
      try await eventually("the request begins") { gate.waitingCount == 1 }
      async let closing: Void = engine.close()
      try await eventually("the engine closes") { await Self.isClosed(engine) }
      gate.open()
      await closing
      return try await collect(stream)
    }
    #expect(collected.tokens.count == 60)
    #expect((try error(engine, request) as? AdmissionError)?.kind == .closed)
  }

  @Test func whatHasNotBegunIsHandedBackAtOnce() throws {
    let gate = Gate()
    let engine = try engine(Computer(gate: gate), now: ServingEngine.clock()) { $0.maxRunning = 1 }
    let request = request(maxTokens: 60)
    let (error, collected) = try onOwnThreads {
      let running = try await engine.generate(request)
      try await eventually("the request begins") { gate.waitingCount == 1 }
      let waiting = try await engine.generate(request)
      async let closing: Void = engine.close()
      // While the other's step is still computed.
      let error = await #expect(throws: ServingError.self) { _ = try await collect(waiting) }
      gate.open()
      await closing
      return (error, try await collect(running))
    }
    #expect(error?.kind == .closed)
    #expect(collected.tokens.count == 60)
  }

  /// What goes on with something that was begun is taken until the time is over, and what waits of it keeps its turn.
  @Test func aClosingEngineTakesContinuations() throws {
    let gate = Gate()
    let time = Mutex(Duration.zero)
    let engine = try engine(Computer(gate: gate), now: { time.withLock { $0 } }) { $0.maxRunning = 1 }
    let request = request(maxTokens: 60)
    var continuation = request
    continuation.isContinuation = true
    let next = continuation
    let collected = try onOwnThreads {
      let running = try await engine.generate(request)
      try await eventually("the request begins") { gate.waitingCount == 1 }
      let waiting = try await engine.generate(next)
      async let closing: Void = engine.close(within: .seconds(5))
      try await eventually("the engine closes") { await Self.isClosed(engine) }
      let late = try await engine.generate(next)
      gate.open()
      await closing
      let later = try await engine.generate(next)
      return try await [collect(running), collect(waiting), collect(late), collect(later)]
    }
    #expect(collected.allSatisfy { $0.tokens.count == 60 })
    #expect((try error(engine, request) as? AdmissionError)?.kind == .closed)
    time.withLock { $0 = .seconds(5) }
    #expect((try error(engine, next) as? AdmissionError)?.kind == .closed)
  }

  @Test func whatDoesNotEndInTimeIsHandedBack() throws {
    let gate = Gate(passes: 10)
    let time = Mutex(Duration.zero)
    let engine = try engine(Computer(gate: gate), now: { time.withLock { $0 } })
    let request = request(maxTokens: nil)
    let failed = try onOwnThreads {
      let stream = try await engine.generate(request)
      try await eventually("the request begins") { gate.waitingCount == 1 }
      async let closing: Void = engine.close(within: .seconds(5))
      try await eventually("the engine closes") { await Self.isClosed(engine) }
      gate.admit(10)
      try await eventually("the request goes on until its time is over") { gate.waitingCount == 1 }
      let generated = await engine.totals.generatedTokens
      #expect(generated > 0 && generated < 98)
      time.withLock { $0 = .seconds(5) }
      gate.open()
      await closing
      do {
        _ = try await collect(stream)
        return nil as ServingError?
      } catch {
        return error as? ServingError
      }
    }
    #expect(failed?.kind == .closed)
    #expect(try onOwnThreads { await engine.state.protectedPages } == 0)
  }

  @Test func whoWaitedTooLongIsTold() throws {
    let time = Mutex(Duration.zero)
    let gate = Gate()
    let engine = try engine(
      Computer(gate: gate), now: { time.withLock { $0 } },
      {
        $0.maxRunning = 1
        $0.queueTimeout = .seconds(20)
      })
    let (long, short) = (request(maxTokens: 90), request([4, 4], maxTokens: 1))
    let failed = try onOwnThreads {
      let stream = try await engine.generate(long)
      try await eventually("the first request runs") { gate.waitingCount == 1 }
      let second = try await engine.generate(short)
      time.withLock { $0 = .seconds(21) }
      gate.open()
      do {
        _ = try await collect(second)
        return nil as ServingError?
      } catch {
        #expect(try await collect(stream).tokens.count == 90)
        return error as? ServingError
      }
    }
    #expect(failed?.kind == .timedOut)
  }
}
