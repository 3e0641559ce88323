/// What a stream of generated tokens brings.
public enum TokenGeneration: Sendable {
  /// The next token.
  case token(Int)
  /// What the generation took; the last element.
  case info(GenerateCompletionInfo)
}

/// What a generation took.
public struct GenerateCompletionInfo: Sendable, Hashable {
  /// Tokens of the prompt that were computed.
  public var promptTokenCount: Int
  /// Tokens that were generated.
  public var generationTokenCount: Int
  /// Time for the prompt.
  public var promptTime: Duration
  /// Time for the tokens after it.
  public var generateTime: Duration
  /// Why the text ended.
  public var stopReason: TokenIterator.StopReason
  /// Guessed tokens that turned out to be right.
  public var acceptedDraftTokens = 0

  /// Prompt tokens a second.
  public var promptTokensPerSecond: Double { Double(promptTokenCount) / (promptTime / .seconds(1)) }
  /// Generated tokens a second.
  public var tokensPerSecond: Double { Double(generationTokenCount) / (generateTime / .seconds(1)) }
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
    let task = Task.detached {
      do {
        let clock = ContinuousClock()
        let start = clock.now
        var tokens = try TokenIterator(
          prompt: prompt, model: model, cache: cache, parameters: parameters, tokenLimit: tokenLimit)
        let prompted = clock.now
        var count = 0
        while !Task.isCancelled, let token = try tokens.next() {
          count += 1
          continuation.yield(.token(token))
          await Task.yield()
        }
        try tokens.cancel()
        continuation.yield(
          .info(
            GenerateCompletionInfo(
              promptTokenCount: tokens.computedPromptTokens, generationTokenCount: count,
              promptTime: prompted - start, generateTime: clock.now - prompted,
              stopReason: tokens.stopReason ?? .cancelled, acceptedDraftTokens: tokens.acceptedDraftTokens)))
        continuation.finish()
      } catch {
        continuation.finish(throwing: error)
      }
    }
    continuation.onTermination = { _ in task.cancel() }
  }
}
