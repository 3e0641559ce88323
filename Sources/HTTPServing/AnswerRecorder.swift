import Logging
import OpenAIProtocol
import Synchronization

/// Takes note of how the answers to one request come.
final class AnswerRecorder: Sendable {
  private let metrics: ServerMetrics
  private let logger: Logger
  private let model: String
  private let arrival: ContinuousClock.Instant
  private let hasBegun = Mutex(false)

  init(_ metrics: ServerMetrics, _ logger: Logger, model: String, arrival: ContinuousClock.Instant) {
    self.metrics = metrics
    self.logger = logger
    self.model = model
    self.arrival = arrival
  }

  /// Takes note of the next part.
  func note(_ part: AnswerPart) {
    let time = ContinuousClock.now - arrival
    let isFirst = hasBegun.withLock { hasBegun in
      defer { hasBegun = true }
      return !hasBegun
    }
    if isFirst { metrics.count(firstToken: time) }
    guard case .usage(let usage) = part else { return }
    metrics.count(answer: time)
    logger.info(
      "answer",
      metadata: [
        "model": "\(model)", "prompt_tokens": "\(usage.promptTokens)", "cached_tokens": "\(usage.cachedTokens)",
        "completion_tokens": "\(usage.completionTokens)", "seconds": "\(time / .seconds(1))",
      ])
  }

  /// Takes note that the answers end with an error.
  func note(_ error: any Error) {
    if error is CancellationError || (error as? APIError)?.kind == .cancelled {
      // That somebody goes away is nothing wrong with the server.
      return logger.info("client gone", metadata: ["model": "\(model)"])
    }
    logger.warning("answer failed", metadata: ["model": "\(model)", "error": "\(error)"])
  }
}
