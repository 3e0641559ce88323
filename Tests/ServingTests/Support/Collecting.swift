import LanguageModel
import Serving

/// What a stream brought.
struct Collected: Sendable {
  var tokens: [Int] = []
  var chosen: [ChosenToken] = []
  var info: ServedInfo?
  /// What was said of the cache at the beginning.
  var cachedTokens: Int?
}

func collect(_ stream: AsyncThrowingStream<ServedPart, any Error>) async throws -> Collected {
  var collected = Collected()
  for try await part in stream {
    switch part {
    case .begun(let cachedTokens): collected.cachedTokens = cachedTokens
    case .token(let chosen):
      collected.tokens.append(chosen.token)
      collected.chosen.append(chosen)
    case .end(let info): collected.info = info
    }
  }
  return collected
}

/// The same request's tokens, computed alone.
func tokensAlone(_ request: GenerationRequest, _ model: Qwen3Model) throws -> [Int] {
  var iterator = try TokenIterator(
    prompt: request.prompt, model: model, parameters: request.parameters, tokenLimit: request.tokenLimit)
  var tokens: [Int] = []
  while let token = try iterator.next() { tokens.append(token) }
  return tokens
}
