import ArgumentParser
import LanguageModel
import MILI

/// The options that say how tokens are chosen; what is not given is as the checkpoint recommends.
struct SamplingOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The most tokens to generate. (default: as many as the context holds)", valueName: "n"))
  var maxTokens: Int?

  @Option(help: ArgumentHelp("What logits are divided by; 0 always takes the most probable token.", valueName: "x"))
  var temperature: Float?

  @Option(help: ArgumentHelp("Keep the most probable tokens until their sum reaches this.", valueName: "x"))
  var topP: Float?

  @Option(help: ArgumentHelp("Keep so many most probable tokens; 0 keeps all.", valueName: "n"))
  var topK: Int?

  @Option(help: ArgumentHelp("Keep tokens at least so probable, as a share of the most probable.", valueName: "x"))
  var minP: Float?

  @Option(help: ArgumentHelp("Make tokens that occurred less probable; 1 changes nothing.", valueName: "x"))
  var repetitionPenalty: Float?

  @Option(help: ArgumentHelp("Subtract from the logits of tokens generated before.", valueName: "x"))
  var presencePenalty: Float?

  @Option(help: ArgumentHelp("Subtract for each time that a token was generated before.", valueName: "x"))
  var frequencyPenalty: Float?

  @Option(help: ArgumentHelp("Make the choices reproducible.", valueName: "n"))
  var seed: UInt64?

  @Option(
    help: ArgumentHelp(
      "Guess up to so many tokens ahead from what followed the same tokens earlier; the text stays the same.",
      valueName: "n"))
  var draft: Int?

  func validate() throws {
    do {
      try parameters(GenerateParameters()).check()
    } catch {
      throw ValidationError(error.message)
    }
  }

  /// The parameters with what is given here in place of theirs.
  func parameters(_ recommended: GenerateParameters) -> GenerateParameters {
    var parameters = recommended
    parameters.maxTokens = maxTokens ?? parameters.maxTokens
    parameters.temperature = temperature ?? parameters.temperature
    parameters.topP = topP ?? parameters.topP
    parameters.topK = topK ?? parameters.topK
    parameters.minP = minP ?? parameters.minP
    parameters.repetitionPenalty = repetitionPenalty ?? parameters.repetitionPenalty
    parameters.presencePenalty = presencePenalty ?? parameters.presencePenalty
    parameters.frequencyPenalty = frequencyPenalty ?? parameters.frequencyPenalty
    parameters.seed = seed ?? parameters.seed
    parameters.draftTokens = draft ?? parameters.draftTokens
    return parameters
  }
}
