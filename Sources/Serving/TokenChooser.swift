import LanguageModel
import Synchronization

/// Chooses the tokens of one request, one after the other.
final class TokenChooser: Sendable {
  private struct State {
    var sampler: Sampler
    var history: TokenHistory
    var generated: [Int] = []
    var processors: [any LogitsProcessor]
  }

  private let state: Mutex<State>
  private let logProbabilities: Int?

  /// - Throws: `LanguageModelError` for parameters outside their ranges.
  init(_ request: GenerationRequest, vocabularySize: Int) throws(LanguageModelError) {
    let sampler = try Sampler(request.parameters, tokenLimit: min(request.tokenLimit ?? .max, vocabularySize))
    state = Mutex(
      State(sampler: sampler, history: TokenHistory(prompt: request.prompt), processors: request.processors))
    logProbabilities = request.logProbabilities
  }

  /// The next token.
  ///
  /// - Throws: what a processor throws, and `LanguageModelError` when no token is left to choose.
  func choose(_ logits: [Float]) throws -> ChosenToken {
    try state.withLock { state in
      var processed = logits
      for index in state.processors.indices { try state.processors[index].process(&processed, after: state.generated) }
      let token = try state.sampler.sample(processed, history: state.history)
      state.history.append(token)
      state.generated.append(token)
      var chosen = ChosenToken(token: token)
      guard let logProbabilities else { return chosen }
      let probabilities = LogProbabilities(logits)
      chosen.logProbability = probabilities[token]
      chosen.candidates = probabilities.largest(logProbabilities)
      return chosen
    }
  }
}
