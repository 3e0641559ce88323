import Foundation

/// The logarithms of the probabilities that logits say.
struct LogProbabilities {
  private let logits: [Float]
  /// ln Σ exp(logit), in binary64.
  private let normalizer: Double

  init(_ logits: [Float]) {
    self.logits = logits
    let largest = Double(logits.reduce(-.infinity) { $1 > $0 ? $1 : $0 })
    normalizer = largest + log(logits.reduce(0.0) { $1.isNaN ? $0 : $0 + exp(Double($1) - largest) })
  }

  subscript(token: Int) -> Float {
    logits.indices.contains(token) ? Float(Double(logits[token]) - normalizer) : -.infinity
  }

  /// The most probable tokens, those of lower number first among equals.
  func largest(_ count: Int) -> [ChosenToken.Candidate] {
    guard count > 0 else { return [] }
    var best: [Int] = []
    for token in logits.indices where !logits[token].isNaN {
      if best.count == count, let last = best.last, logits[token] <= logits[last] { continue }
      let place = best.firstIndex { logits[token] > logits[$0] } ?? best.count
      best.insert(token, at: place)
      if best.count > count { best.removeLast() }
    }
    return best.map { ChosenToken.Candidate(token: $0, logProbability: self[$0]) }
  }
}
