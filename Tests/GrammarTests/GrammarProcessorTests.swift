import ChatTemplate
import Grammar
import Testing

/// One generation under a grammar, token by token.
struct GrammarProcessorTests {
  /// The tokens that may come after some.
  private func allowed(_ processor: inout GrammarProcessor, _ generated: [Int], _ count: Int) throws -> [Int] {
    var logits = [Float](repeating: 1, count: count)
    try processor.process(&logits, after: generated)
    return logits.indices.filter { logits[$0] == 1 }
  }

  @Test func tokensThatCrossBordersAndCharacters() throws {
    // 0 ends; the others are cut within a character, across quotes, and across the document's end.
    let tokens: [[UInt8]?] = [
      nil, Array("[\"".utf8), [0xC3], [0xA9], Array("\",\"".utf8), Array("\"]".utf8), nil, [0xA9, 0x22],
    ]
    let vocabulary = TokenVocabulary(tokens: tokens, endTokens: [0])
    let grammar = try TokenGrammar(
      schema: ["type": "array", "items": ["type": "string", "maxLength": 1], "maxItems": 2], vocabulary: vocabulary)
    var processor = grammar.makeProcessor()
    #expect(try allowed(&processor, [], 8) == [1])
    #expect(try allowed(&processor, [1], 8) == [1, 2, 4, 5])
    #expect(try allowed(&processor, [1, 2], 8) == [3, 7])
    #expect(try allowed(&processor, [1, 2, 3], 8) == [4, 5])
    #expect(try allowed(&processor, [1, 2, 3, 4], 8) == [1, 2, 5])
    #expect(!processor.isComplete)
    #expect(try allowed(&processor, [1, 2, 3, 4, 5], 8) == [0])
    #expect(processor.isComplete)
  }

  @Test func logitsBeyondTheVocabularyAreForbidden() throws {
    var processor = try TokenGrammar.anyObject(vocabulary: Vocabularies.bytes).makeProcessor()
    #expect(try allowed(&processor, [], 400) == [1 + 0x7B])
    #expect(try allowed(&processor, [], 100).isEmpty)
  }

  @Test func aGenerationMayBeginAnew() throws {
    var processor = try TokenGrammar(schema: ["const": 12], vocabulary: Vocabularies.bytes).makeProcessor()
    #expect(try allowed(&processor, [1 + 0x31, 1 + 0x32], 300) == [Vocabularies.end])
    #expect(try allowed(&processor, [1 + 0x31], 300) == [1 + 0x32])
  }

  @Test func forbiddenTokensEndTheRequest() throws {
    let grammar = try TokenGrammar(schema: ["const": 12], vocabulary: Vocabularies.bytes)
    for token in [1 + 0x30, -1, 5_000] {
      var processor = grammar.makeProcessor()
      #expect(throws: GrammarError.self) { _ = try allowed(&processor, [token], 300) }
    }
  }

  @Test func aVocabularyWithoutTheBytesIsStuck() throws {
    let vocabulary = TokenVocabulary(tokens: [nil, [0x31]], endTokens: [0])
    var processor = try TokenGrammar(schema: ["const": 12], vocabulary: vocabulary).makeProcessor()
    #expect(try allowed(&processor, [], 2) == [1])
    #expect(throws: GrammarError.self) { _ = try allowed(&processor, [1], 2) }
  }

  @Test func depthIsBounded() throws {
    let vocabulary = TokenVocabulary(
      tokens: [nil] + (0...255).map { [UInt8($0)] } + [Array(repeating: 0x5B, count: 90)], endTokens: [0])
    var processor = try TokenGrammar(schema: ["type": "array"], vocabulary: vocabulary).makeProcessor()
    var generated: [Int] = []
    while try allowed(&processor, generated, 300).contains(1 + 0x5B), generated.count < 1_000 {
      generated.append(1 + 0x5B)
    }
    #expect(generated.count > 100 && generated.count < 256, "\(generated.count) levels")
    // What was opened can be closed.
    generated += Array(repeating: 1 + 0x5D, count: generated.count)
    #expect(try allowed(&processor, generated, 300) == [0])
  }

  @Test func ambiguousSchemasStayBounded() throws {
    // Each level doubles the ways in which what was read may be meant.
    let schema: JSONValue = [
      "anyOf": [
        ["type": "array", "items": ["$ref": "#"], "minItems": 1],
        ["type": "array", "items": ["anyOf": [["$ref": "#/anyOf/0"], ["$ref": "#/anyOf/1"]]]],
      ]
    ]
    var processor = try TokenGrammar(schema: schema, vocabulary: Vocabularies.bytes).makeProcessor()
    var generated: [Int] = []
    for _ in 0..<40 {
      #expect(try allowed(&processor, generated, 300).contains(1 + 0x5B))
      generated.append(1 + 0x5B)
    }
    generated += Array(repeating: 1 + 0x5D, count: 40)
    #expect(try allowed(&processor, generated, 300).contains(0))
  }
}
