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
    /// How long a step takes.
    let time: TimeInterval
    private let steps = Mutex(0)

    init(failures: Set<Int> = [], logits: [Float] = [0, 1, 0, 0, 0, 0, 0, 0], time: TimeInterval = 0) {
      self.time = time
      self.failures = failures
      self.logits = logits
    }

    func compute(_ plan: StepPlan) throws(LanguageModelError) -> [[Float]] {
      let step = steps.withLock { steps in
        steps += 1
        return steps
      }
      Thread.sleep(forTimeInterval: time)
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

  @Test func aClosedEngineFinishesAndTakesNoMore() throws {
    let engine = try engine()
    let request = request(maxTokens: 60)
    let collected = try onOwnThreads {
      let stream = try await engine.generate(request)
      await engine.close()
      return try await collect(stream)
    }
    #expect(collected.tokens.count == 60)
    #expect((try error(engine, request) as? AdmissionError)?.kind == .closed)
  }

  @Test func whatDoesNotEndInTimeIsHandedBack() throws {
    let engine = try engine(Computer(time: 0.02))
    let request = request(maxTokens: nil)
    let failed = try onOwnThreads {
      let stream = try await engine.generate(request)
      await engine.close(within: .milliseconds(50))
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
    let engine = try engine(
      now: {
        time.withLock { time in
          time += .seconds(1)
          return time
        }
      },
      {
        $0.maxRunning = 1
        $0.queueTimeout = .seconds(20)
      })
    let (long, short) = (request(maxTokens: 90), request([4, 4], maxTokens: 1))
    let failed = try onOwnThreads {
      let stream = try await engine.generate(long)
      let second = try await engine.generate(short)
      do {
        _ = try await collect(second)
        return nil as ServingError?
      } catch {
        _ = try await collect(stream)
        return error as? ServingError
      }
    }
    #expect(failed?.kind == .timedOut)
  }
}
