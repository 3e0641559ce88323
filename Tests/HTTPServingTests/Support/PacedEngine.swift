import Batching
import LanguageModel
import Serving
import TestSupport

extension TinyServer {
  /// Has the engine make no step but those that the gate admits while the body runs.
  ///
  /// A request of the test's own does it, which is computed beside those of clients and passes the gate in each step. It is
  /// the engine's only one when the body begins.
  func paced<Value: Sendable>(_ body: (Gate) async throws -> Value) async throws -> Value {
    let gate = Gate()
    var request = GenerationRequest(prompt: [1], parameters: GenerateParameters(temperature: 0))
    request.processors = [PaceProcessor(gate: gate)]
    let stream = try await engine.generate(request)
    defer { gate.open() }
    try await eventually("the engine waits") { gate.waitingCount == 1 }
    let value = try await body(gate)
    withExtendedLifetime(stream) {}
    return value
  }

  /// Waits until the engine has so many requests of clients, while it is paced.
  func requestsCome(_ count: Int) async throws {
    try await eventually("\(count) requests are there") { await engine.requests.count == count + 1 }
  }

  /// Waits until the engine takes no more requests.
  func engineCloses() async throws {
    // Refused in any case, so that it takes no part in anything.
    let refused = GenerationRequest(prompt: [-1], parameters: GenerateParameters(temperature: 0))
    try await eventually("the engine closes") {
      do throws(AdmissionError) {
        _ = try await engine.generate(refused)
        return false
      } catch {
        return error.kind == .closed
      }
    }
  }
}

/// Passes a gate before each token, which is always the same.
private struct PaceProcessor: LogitsProcessor {
  let gate: Gate

  func process(_ logits: inout [Float], after generated: [Int]) {
    gate.pass()
    for token in logits.indices where token != 1 { logits[token] = -.infinity }
  }
}
