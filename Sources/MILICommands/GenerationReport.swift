import Foundation
import LanguageModel

/// What a generation took, in words and as JSON.
struct GenerationReport: Encodable {
  let promptTokens: Int
  let promptSeconds: Double
  let promptTokensPerSecond: Double
  let generatedTokens: Int
  let generationSeconds: Double
  let tokensPerSecond: Double
  let acceptedDraftTokens: Int
  let stopReason: String

  init(_ info: GenerateCompletionInfo) {
    promptTokens = info.promptTokenCount
    promptSeconds = info.promptTime / .seconds(1)
    promptTokensPerSecond = info.promptTokensPerSecond
    generatedTokens = info.generationTokenCount
    generationSeconds = info.generateTime / .seconds(1)
    tokensPerSecond = info.tokensPerSecond
    acceptedDraftTokens = info.acceptedDraftTokens
    stopReason = info.stopReason.rawValue
  }

  /// One line for a person.
  var summary: String {
    let guessed = acceptedDraftTokens > 0 ? ", \(acceptedDraftTokens) of them guessed" : ""
    return "\(promptTokens) prompt tokens at \(rate(promptTokensPerSecond)), "
      + "\(generatedTokens) tokens\(guessed) at \(rate(tokensPerSecond)), ended by \(stopReason)"
  }

  private func rate(_ tokensPerSecond: Double) -> String {
    String(format: "%.1f tokens/s", tokensPerSecond)
  }
}
