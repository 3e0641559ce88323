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

  /// Prompt tokens a second; 0 when there were none.
  public var promptTokensPerSecond: Double { Self.rate(promptTokenCount, promptTime) }
  /// Generated tokens a second; 0 when there were none.
  public var tokensPerSecond: Double { Self.rate(generationTokenCount, generateTime) }

  private static func rate(_ count: Int, _ time: Duration) -> Double {
    count > 0 && time > .zero ? Double(count) / (time / .seconds(1)) : 0
  }
}

extension GenerateCompletionInfo {
  /// Generates on the calling thread until the text ends or the task is cancelled, and times it.
  ///
  /// - Parameter receive: called with each token as it comes.
  /// - Throws: what `TokenIterator` throws; the cache may then hold tokens that `receive` was not called with.
  package init(
    generatingFrom prompt: [Int], model: Qwen3Model, cache: KeyValueCache, parameters: GenerateParameters,
    tokenLimit: Int?, receive: (Int) -> Void
  ) throws(LanguageModelError) {
    let clock = ContinuousClock()
    let start = clock.now
    var tokens = try TokenIterator(
      prompt: prompt, model: model, cache: cache, parameters: parameters, tokenLimit: tokenLimit)
    let prompted = clock.now
    var count = 0
    while !Task.isCancelled, let token = try tokens.next() {
      count += 1
      receive(token)
    }
    try tokens.cancel()
    self.init(
      promptTokenCount: tokens.computedPromptTokens, generationTokenCount: count, promptTime: prompted - start,
      generateTime: clock.now - prompted, stopReason: tokens.stopReason ?? .cancelled,
      acceptedDraftTokens: tokens.acceptedDraftTokens)
  }
}
