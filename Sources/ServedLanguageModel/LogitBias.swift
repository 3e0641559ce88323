import Serving

/// Makes tokens more or less probable, as a request asks.
struct LogitBias: LogitsProcessor {
  /// What is added to each token's logit.
  let bias: [Int: Float]

  func process(_ logits: inout [Float], after generated: [Int]) {
    for (token, amount) in bias where logits.indices.contains(token) { logits[token] += amount }
  }
}

/// Keeps a text from ending.
struct EndSuppression: LogitsProcessor {
  /// The tokens that would end it.
  let tokens: Set<Int>

  func process(_ logits: inout [Float], after generated: [Int]) {
    for token in tokens where logits.indices.contains(token) { logits[token] = -.infinity }
  }
}
