import LanguageModel
import MILI
import OpenAIProtocol
import ServedModels
import Serving
import Synchronization
import Throughput

extension LanguageModelService {
  /// Begins all answers and passes on what they bring; when one fails, all end.
  ///
  /// - Parameter promptParameter: the request's parameter that a prompt which is too long came from.
  func stream(_ answers: [PlannedAnswer], promptParameter: String) async throws(APIError) -> AnswerStream {
    var begun: [BegunAnswer] = []
    for answer in answers {
      do {
        begun.append(BegunAnswer(answer, try await engine.generate(answer.request)))
      } catch {
        throw APIError(error, promptParameter: promptParameter)
      }
    }
    let all = begun
    let (stream, continuation) = AnswerStream.makeStream()
    // Answers are put together where tokens are chosen, not in line behind all else that the process does.
    let task = Task(executorPreference: GenerationExecutor.shared) {
      do {
        let usage = try await passOn(all) { continuation.yield(.delta($0)) }
        continuation.yield(.usage(usage))
        continuation.finish()
      } catch {
        continuation.finish(throwing: APIError(error))
      }
    }
    continuation.onTermination = { _ in task.cancel() }
    return stream
  }

  private func passOn(
    _ answers: [BegunAnswer], _ yield: @escaping @Sendable (AnswerDelta) -> Void
  ) async throws -> Usage {
    try await withThrowingTaskGroup(of: Usage.self) { group in
      for answer in answers {
        group.addTask { try await passOn(answer, yield) }
      }
      return try await group.reduce(into: Usage()) { $0.add($1) }
    }
  }

  /// Passes one answer on; what it took.
  private func passOn(
    _ begun: BegunAnswer, _ yield: (AnswerDelta) -> Void
  ) async throws -> Usage {
    guard let stream = begun.takeStream() else { return Usage() }
    let answer = begun.planned
    var builder = AnswerBuilder(choice: answer.choice, answer.form, context.tokenizer)
    var usage = Usage()
    usage.promptTokens = answer.countsPrompt ? answer.request.prompt.count : 0
    var reason = FinishReason.stop
    // Not before there is more to say: what comes first says that the answer has begun.
    var echo = answer.echo
    func pass(_ delta: AnswerDelta) {
      var delta = delta
      delta.content = echo + delta.content
      echo = ""
      yield(delta)
    }
    for try await part in stream {
      switch part {
      case .begun(let cachedTokens): usage.cachedTokens = answer.countsPrompt ? cachedTokens : 0
      case .token(let chosen):
        rate.count()
        usage.completionTokens += 1
        let delta = builder.append(chosen)
        if !delta.isEmpty { pass(delta) }
      case .end(let info): reason = info.stopReason == .stop ? .stop : .length
      }
      if builder.isComplete { break }
    }
    try Task.checkCancellation()
    pass(builder.finish(reason))
    usage.reasoningTokens = builder.reasoningTokens
    return usage
  }
}

/// An answer that the engine computes, until its stream is dropped.
///
/// Whoever takes the stream is the only one who has it, so that an answer which is complete does not go on until all others are.
private final class BegunAnswer: Sendable {
  typealias Stream = AsyncThrowingStream<ServedPart, any Error>

  let planned: PlannedAnswer
  private let stream: Mutex<Stream?>

  init(_ planned: PlannedAnswer, _ stream: Stream) {
    self.planned = planned
    self.stream = Mutex(stream)
  }

  /// What the engine brings; nil where somebody has taken it.
  func takeStream() -> Stream? {
    stream.withLock { $0.take() }
  }
}
