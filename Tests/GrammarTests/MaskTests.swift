import ChatTemplate
import Grammar
import RandomNumbers
import Testing

/// Masks against reading every token byte by byte.
struct MaskTests {
  @Test func masksAgreeWithReadingEachToken() throws {
    var random = SplitMix64(stream: 7)
    let tokens = Vocabularies.random(400, &random)
    let vocabulary = TokenVocabulary(tokens: tokens, endTokens: [Vocabularies.end])
    for index in 0..<25 {
      var generator = RandomSchema(SplitMix64(stream: 1_000 + index))
      let schema = generator.schema()
      guard let grammar = try? TokenGrammar(schema: schema, vocabulary: vocabulary) else { continue }
      guard let bytewise = try? TokenGrammar(schema: schema, vocabulary: Vocabularies.bytes) else { continue }
      var generated: [Int] = []
      var processor = grammar.makeProcessor()
      for _ in 0..<30 {
        var logits = [Float](repeating: 0, count: tokens.count)
        try processor.process(&logits, after: generated)
        let allowed = logits.indices.filter { logits[$0] == 0 }
        let prefix = generated.flatMap { tokens[$0] ?? [] }
        var afterPrefix = bytewise.makeProcessor()
        try afterPrefix.read(prefix.map { Int($0) + 1 })
        for (token, bytes) in tokens.enumerated() {
          guard let bytes else { continue }
          var reader = afterPrefix
          let isPossible = (try? reader.read((prefix + bytes).map { Int($0) + 1 })) != nil
          #expect((logits[token] == 0) == isPossible, "token \(bytes) after \(prefix), schema \(schema)")
        }
        let token = allowed[random.below(allowed.count)]
        if token == Vocabularies.end { break }
        generated.append(token)
      }
    }
  }
}
