import ArgumentParser
import LanguageModel
import MILI

/// The options that say how tokens are chosen; what is not given is as the checkpoint recommends.
struct SamplingOptions: ParsableArguments {
  @Option(parsing: .unconditional, help: .count("The most tokens to generate. (default: as many as the context holds)"))
  var maxTokens: Int?
  @Option(parsing: .unconditional, help: .number("What logits are divided by; 0 always takes the most probable token."))
  var temperature: Float?
  @Option(parsing: .unconditional, help: .number("Keep the most probable tokens until their sum reaches this."))
  var topP: Float?
  @Option(parsing: .unconditional, help: .count("Keep so many most probable tokens; 0 keeps all.")) var topK: Int?
  @Option(parsing: .unconditional, help: .number("Keep tokens at least so probable, as a share of the most probable."))
  var minP: Float?
  @Option(parsing: .unconditional, help: .number("Make tokens that occurred less probable; 1 changes nothing."))
  var repetitionPenalty: Float?

  // A penalty may be negative, which looks like an option.
  @Option(parsing: .unconditional, help: .number("Subtract from the logits of tokens generated before."))
  var presencePenalty: Float?
  @Option(parsing: .unconditional, help: .number("Subtract for each time that a token was generated before."))
  var frequencyPenalty: Float?

  @Option(parsing: .unconditional, help: .count("Make the choices reproducible.")) var seed: UInt64?
  @Option(
    parsing: .unconditional,
    help: .count("Guess up to so many tokens ahead from what followed the same earlier; the text stays the same."))
  var draft: Int?

  func validate() throws {
    do {
      try parameters(GenerateParameters()).check(spelling: .option)
    } catch {
      throw ValidationError(error.message)
    }
  }

  /// The parameters with what is given here in place of theirs.
  func parameters(_ recommended: GenerateParameters) -> GenerateParameters {
    var parameters = recommended
    func replace<Value>(_ place: WritableKeyPath<GenerateParameters, Value>, with value: Value?) {
      if let value { parameters[keyPath: place] = value }
    }
    replace(\.temperature, with: temperature)
    replace(\.topP, with: topP)
    replace(\.topK, with: topK)
    replace(\.minP, with: minP)
    replace(\.repetitionPenalty, with: repetitionPenalty)
    replace(\.presencePenalty, with: presencePenalty)
    replace(\.frequencyPenalty, with: frequencyPenalty)
    replace(\.draftTokens, with: draft)
    parameters.maxTokens = maxTokens ?? recommended.maxTokens
    parameters.seed = seed ?? recommended.seed
    return parameters
  }
}

extension ArgumentHelp {
  /// Help for an option that takes an integer.
  fileprivate static func count(_ abstract: String) -> ArgumentHelp { ArgumentHelp(abstract, valueName: "n") }

  /// Help for an option that takes any number.
  fileprivate static func number(_ abstract: String) -> ArgumentHelp { ArgumentHelp(abstract, valueName: "x") }
}
