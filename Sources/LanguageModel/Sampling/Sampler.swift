import Foundation

/// Chooses the next token from logits.
package struct Sampler {
  /// A token that may be chosen.
  package struct Candidate: Hashable, Sendable {
    package var token: Int
    package var probability: Float
  }

  package let parameters: GenerateParameters
  /// Tokens from here on do not exist, although the model has logits for them.
  private let tokenLimit: Int
  private var random: SamplingRandom

  /// A sampler whose tokens are those below a limit.
  package init(_ parameters: GenerateParameters, tokenLimit: Int = .max) throws(LanguageModelError) {
    try parameters.check()
    self.parameters = parameters
    self.tokenLimit = tokenLimit
    random = SamplingRandom(seed: parameters.seed ?? UInt64.random(in: 0...UInt64.max))
  }

  /// Chooses a token; one random number is used whatever the logits are, none without temperature.
  ///
  /// - Parameter history: the prompt's and the generated tokens, for the penalties.
  package mutating func sample(_ logits: [Float], history: TokenHistory) throws(LanguageModelError) -> Int {
    if parameters.temperature == 0 {
      guard let best = largest(penalized(logits, history)).first else { throw Self.notANumber }
      return best
    }
    let share = random.unit()
    let candidates = try distribution(logits, history: history)
    // The probabilities are rounded, and need not have a sum of exactly 1.
    var rest = share * Self.sum(candidates)
    for candidate in candidates {
      rest -= Double(candidate.probability)
      if rest < 0 { return candidate.token }
    }
    return candidates[0].token
  }

  /// The tokens that may be chosen, the most probable first, with probabilities of sum 1; never empty.
  package func distribution(
    _ logits: [Float], history: TokenHistory
  ) throws(LanguageModelError) -> [Candidate] {
    let penalized = penalized(logits, history)
    let largest = largest(penalized)
    guard let best = largest.first else { throw Self.notANumber }
    guard parameters.temperature > 0 else { return [Candidate(token: best, probability: 1)] }
    // The tokens that top-k keeps, those as probable as the last included.
    let kept = largest.indices(ofLargest: parameters.topK > 0 ? parameters.topK : penalized.count)
    // Relative to the most probable token, whose weight is 1 before it is normalised, even if penalties made it infinite.
    var candidates = kept.map { token in
      let isBest = penalized[token] == penalized[best]
      let weight = isBest ? 1 : exp((penalized[token] - penalized[best]) / parameters.temperature)
      return Candidate(token: token, probability: weight)
    }
    candidates.sort { ($1.probability, $0.token) < ($0.probability, $1.token) }
    keepTopP(&candidates)
    if parameters.minP > 0 {
      let least = parameters.minP * candidates[0].probability
      candidates.removeAll { $0.probability < least }
    }
    let total = Self.sum(candidates)
    return candidates.map { Candidate(token: $0.token, probability: Float(Double($0.probability) / total)) }
  }

  /// In binary64: a vocabulary's many improbable tokens would be lost in a binary32 that the probable ones fill.
  private static func sum(_ candidates: [Candidate]) -> Double {
    candidates.reduce(0) { $0 + Double($1.probability) }
  }

  private static let notANumber = LanguageModelError(.output, "no logit of the model's output is a number")

  /// The numbers of the tokens that exist.
  private func largest(_ logits: [Float]) -> LargestNumbers {
    LargestNumbers(logits, count: tokenLimit)
  }

  /// The logits with the penalties taken off.
  private func penalized(_ logits: [Float], _ history: TokenHistory) -> [Float] {
    var logits = logits
    if parameters.repetitionPenalty != 1 {
      let size = parameters.repetitionContextSize ?? history.tokens.count
      for token in Set(history.tokens.suffix(size)) where logits.indices.contains(token) {
        let penalty = parameters.repetitionPenalty
        logits[token] = logits[token] < 0 ? logits[token] * penalty : logits[token] / penalty
      }
    }
    if parameters.presencePenalty != 0 || parameters.frequencyPenalty != 0 {
      for (token, count) in history.generatedCounts where logits.indices.contains(token) {
        logits[token] -= parameters.presencePenalty + parameters.frequencyPenalty * Float(count)
      }
    }
    return logits
  }

  /// Cuts the sorted candidates where those before already have the wanted share; the first always stays.
  private func keepTopP(_ candidates: inout [Candidate]) {
    guard parameters.topP < 1 else { return }
    let wanted = Double(parameters.topP) * Self.sum(candidates)
    var before = 0.0
    for (index, candidate) in candidates.enumerated() {
      if index > 0, before >= wanted {
        candidates.removeLast(candidates.count - index)
        return
      }
      before += Double(candidate.probability)
    }
  }
}
