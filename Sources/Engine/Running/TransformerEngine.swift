/// Runs a transformer token by token, keeping what attention needs of the tokens before.
///
/// Engines are values: a copy is a fork of the run. All engines of one model give the same tokens.
public protocol TransformerEngine: Sendable {
  /// The number of tokens in the vocabulary.
  var vocabularySize: Int { get }

  /// The number of tokens read so far, which is the position of the next one.
  var position: Int { get }

  /// What runs, in a word or a few, for reports.
  var name: String { get }

  /// One line about what keeps a faster engine from running; nil when nothing does.
  var warning: String? { get }

  /// Reads a token without asking for the next.
  ///
  /// - Throws: `EngineError` when the token is not in the vocabulary or the engine can read no more; nothing is read then.
  mutating func advance(_ token: Int) throws(EngineError)

  /// Reads a token and returns the next: the one with the highest score, the lowest id among equals.
  ///
  /// - Throws: `EngineError` when the token is not in the vocabulary or the engine can read no more; nothing is read then.
  mutating func step(_ token: Int) throws(EngineError) -> Int
}

extension TransformerEngine {
  /// The name of the type.
  public var name: String { String(describing: Self.self) }

  /// Nil.
  public var warning: String? { nil }

  /// Reads a prompt and returns the token that follows it.
  ///
  /// - Throws: `EngineError` when the prompt is empty or holds a token that is not in the vocabulary.
  public mutating func prefill(_ prompt: some Collection<Int>) throws(EngineError) -> Int {
    guard var token = prompt.first else { throw EngineError(.emptyPrompt, position: position) }
    for next in prompt.dropFirst() {
      try advance(token)
      token = next
    }
    return try step(token)
  }

  /// Reads a prompt, then generates tokens until one of them is `stop`, the limit is reached or `onToken` returns false.
  ///
  /// - Parameters:
  ///   - prompt: At least one token.
  ///   - maximumTokens: How many tokens may be generated at most, the stop token included.
  ///   - stop: The token that ends the run.
  ///   - onToken: Called with each generated token, the stop token included.
  /// - Throws: `EngineError` as `prefill` and `step` do.
  public mutating func generate(
    prompt: some Collection<Int>, maximumTokens: Int, stop: Int, onToken: (Int) -> Bool
  ) throws(EngineError) -> Generation {
    var token = try prefill(prompt)
    var generated = 0
    while generated < maximumTokens {
      generated += 1
      let goesOn = onToken(token)
      if token == stop { return Generation(promptTokens: prompt.count, generatedTokens: generated, ending: .stopToken) }
      if !goesOn { return Generation(promptTokens: prompt.count, generatedTokens: generated, ending: .interrupted) }
      if generated < maximumTokens { token = try step(token) }
    }
    return Generation(promptTokens: prompt.count, generatedTokens: generated, ending: .limit)
  }
}
