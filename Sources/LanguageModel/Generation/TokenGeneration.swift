/// What a stream of generated tokens brings.
public enum TokenGeneration: Sendable {
  /// The next token.
  case token(Int)
  /// What the generation took; the last element.
  case info(GenerateCompletionInfo)
}

/// Generates tokens as a stream, which ends with an info. Dropping the stream stops the computation after the current token.
///
/// - Throws: from the stream, what `TokenIterator` throws.
public func generateTokens(
  prompt: [Int], model: Qwen3Model, cache: KeyValueCache? = nil, parameters: GenerateParameters = GenerateParameters(),
  tokenLimit: Int? = nil
) -> AsyncThrowingStream<TokenGeneration, any Error> {
  let cache = cache ?? model.makeCache()
  return AsyncThrowingStream { continuation in
    let task = Task.detached(executorPreference: GenerationExecutor.own()) {
      continuation.finishing { () throws(LanguageModelError) in
        let info = try GenerateCompletionInfo(
          generatingFrom: prompt, model: model, cache: cache, parameters: parameters, tokenLimit: tokenLimit
        ) { continuation.yield(.token($0)) }
        continuation.yield(.info(info))
      }
    }
    continuation.onTermination = { _ in task.cancel() }
  }
}

extension AsyncThrowingStream.Continuation where Failure == any Error {
  /// Runs the body, and ends the stream with the error that it throws, if any.
  package func finishing<BodyError: Error>(
    after body: () throws(BodyError) -> Void
  ) {
    do {
      try body()
      finish()
    } catch {
      finish(throwing: error)
    }
  }
}
