extension GraphEvaluator {
  /// Reads a prompt and returns the token that follows it.
  ///
  /// - Throws: ``EvaluatorError`` when the prompt is empty, or at its first token that the vocabulary lacks; those before
  ///   it have then been read.
  public mutating func prefill(_ prompt: some Collection<Int>) throws(EvaluatorError) -> Int {
    guard var token = prompt.first else { throw EvaluatorError(.emptyPrompt, position: position) }
    for next in prompt.dropFirst() {
      try advance(token)
      token = next
    }
    return try step(token)
  }

  /// Reads a prompt, then generates tokens until one of them is `stop`, the limit is reached or `onToken` returns false.
  ///
  /// - Parameters:
  ///   - prompt: at least one token.
  ///   - maximumTokens: how many tokens may be generated at most, the stop token included.
  ///   - stop: the token that ends the run.
  ///   - onToken: is called with each generated token, the stop token included.
  /// - Returns: the generated tokens, the stop token included.
  /// - Throws: ``EvaluatorError`` as ``prefill(_:)`` does.
  @discardableResult
  public mutating func generate(
    prompt: some Collection<Int>, maximumTokens: Int, stop: Int, onToken: (Int) -> Bool = { _ in true }
  ) throws(EvaluatorError) -> [Int] {
    var token = try prefill(prompt)
    var generated: [Int] = []
    while generated.count < maximumTokens {
      generated.append(token)
      if !onToken(token) || token == stop || generated.count == maximumTokens { break }
      token = try step(token)
    }
    return generated
  }
}
