import Grammar
import RandomNumbers

/// Vocabularies for tests.
enum Vocabularies {
  /// The token that ends a text in all of them.
  static let end = 0

  /// One token for each byte, id 1 + byte.
  static let bytes = TokenVocabulary(tokens: [nil] + (0...255).map { [UInt8($0)] }, endTokens: [end])

  /// All bytes, and strings of several bytes cut from JSON-like text at random places, characters included.
  static func random(_ count: Int, _ random: inout SplitMix64) -> [[UInt8]?] {
    let text = Array(
      """
      {"name": "Ünïcödé 🙂 \\n\\u00e9\\"", "count": -12.5e3, "list": [1, 2, [3, {"a": null}]], "b": true}]}}], "x"
        {\n    "name":"abc","count": 10, "kind": "circle", "items":[{"id":1},{"id":2}]}
      """.utf8)
    var tokens: [[UInt8]?] = [nil] + (0...255).map { [UInt8($0)] }
    for _ in 0..<count {
      let start = random.below(text.count)
      tokens.append(Array(text[start...].prefix(2 + random.below(6))))
    }
    return tokens
  }
}

/// Chooses tokens with equal chances among those allowed, until the text ends or the limit is reached.
struct UniformSampler {
  let tokens: [[UInt8]?]

  /// The text, or nil where it did not end within the limit.
  func document(_ grammar: TokenGrammar, limit: Int = 400, _ random: inout SplitMix64) throws -> [UInt8]? {
    var processor = grammar.makeProcessor()
    var generated: [Int] = []
    var text: [UInt8] = []
    for step in 0..<limit {
      var logits = [Float](repeating: 0, count: tokens.count)
      try processor.process(&logits, after: generated)
      // Towards its end a text is led to close what is open.
      let allowed = logits.indices.filter { logits[$0] == 0 }
      let closing = allowed.filter { $0 == 0 || closes.contains(tokens[$0]?.first ?? 0) }
      let choices = step > limit / 4 && !closing.isEmpty ? closing : allowed
      let token = choices[random.below(choices.count)]
      if token == Vocabularies.end { return text }
      generated.append(token)
      text += tokens[token] ?? []
    }
    return nil
  }

  private let closes: Set<UInt8> = Set("\"]}".utf8)
}
