package import Clients
package import LanguageModel
package import PrefixTree

/// A prompt to go on from, and how.
package struct GenerationRequest: Sendable {
  /// The tokens, at least one.
  package var prompt: [Int]
  /// How tokens are chosen, and how many; without `maxTokens` as many as there is room for. `prefillStepSize` and
  /// `draftTokens` mean nothing here: the scheduler cuts prompts, and a full batch leaves nothing for guesses.
  package var parameters: GenerateParameters
  /// Tokens from here on are never chosen: the tokenizer's number of tokens; nil for the model's.
  package var tokenLimit: Int?
  /// What changes the logits before a token is chosen, in this order.
  package var processors: [any LogitsProcessor] = []
  /// With how many of the most probable tokens each token is told; nil for none, and not its own probability either.
  package var logProbabilities: Int?
  /// Whose keys and values it may share.
  package var namespace = PrefixNamespace()
  /// Among whom the service is shared out fairly.
  package var client = Client()
  /// The run of an agent that this is a call of.
  package var program: String?
  /// What goes first, from −100 to 100.
  package var priority = 0
  /// Whether it goes on with what was begun: then it is taken while the engine closes, too, and waits its turn.
  package var isContinuation = false

  package init(prompt: [Int], parameters: GenerateParameters, tokenLimit: Int? = nil) {
    self.prompt = prompt
    self.parameters = parameters
    self.tokenLimit = tokenLimit
  }
}

/// Changes the logits of one request before each token is chosen: what a grammar forbids, what a user prefers.
package protocol LogitsProcessor: Sendable {
  /// - Parameters:
  ///   - logits: one for each token; −∞ forbids it.
  ///   - generated: the tokens that were chosen so far.
  /// - Throws: what then ends the request.
  mutating func process(_ logits: inout [Float], after generated: [Int]) throws
}
