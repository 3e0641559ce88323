import ChatTemplate
import Foundation
import Grammar
import Testing
import Tokenizer

/// What masks cost with Qwen's 151,669 tokens; run with TVM_LONG_TESTS where the tokenizer is.
struct GrammarSpeedTests {
  private static let folder = URL(fileURLWithPath: "/work/shared/tokenizer")
  private static let isPossible =
    ProcessInfo.processInfo.environment["TVM_LONG_TESTS"] != nil
    && FileManager.default.fileExists(atPath: folder.appendingPathComponent("tokenizer.json").path)

  private static let schema: JSONValue = [
    "type": "object",
    "properties": [
      "title": ["type": "string", "maxLength": 200],
      "kind": ["enum": ["article", "letter", "note"]],
      "people": [
        "type": "array",
        "items": [
          "type": "object", "properties": ["name": ["type": "string"], "age": ["type": "integer", "minimum": 0]],
          "required": ["name", "age"], "additionalProperties": false,
        ],
      ],
      "score": ["type": "number"],
    ],
    "required": ["title", "kind", "people"], "additionalProperties": false,
  ]
  private static let document = """
    {"title": "A day at the sea, and what came of it", "kind": "letter", "people": [{"name": "Ada Lovelace", "age": 36}, \
    {"name": "Émilie du Châtelet", "age": 42}], "score": 12.75}
    """

  @Test(.enabled(if: isPossible, "needs TVM_LONG_TESTS and a tokenizer"))
  func stepsAreFast() throws {
    let clock = ContinuousClock()
    let tokenizer = try Tokenizer(modelFolder: Self.folder)
    let end = try #require(tokenizer.convertTokenToId("<|im_end|>"))
    var vocabulary: TokenVocabulary?
    let arranging = clock.measure { vocabulary = TokenVocabulary(tokens: tokenizer.tokenBytes, endTokens: [end]) }
    var grammar: TokenGrammar?
    let making = try clock.measure {
      grammar = try TokenGrammar(schema: Self.schema, vocabulary: #require(vocabulary))
    }
    print("vocabulary \(arranging), grammar \(making)")
    let tokens = tokenizer.encode(text: Self.document)
    for run in ["first", "second"] {
      var processor = try #require(grammar).makeProcessor()
      var times: [Duration] = []
      for count in 0...tokens.count {
        var logits = [Float](repeating: 0, count: 151_936)
        times.append(
          try clock.measure { try processor.process(&logits, after: Array(tokens[..<count])) })
        let next = count < tokens.count ? tokens[count] : end
        try #require(logits[next] == 0, "token \(count) of \(Self.document)")
      }
      times.sort()
      let (median, worst) = (times[times.count / 2], times[times.count - 1])
      print("\(run) text: \(times.count) steps, median \(median), worst \(worst)")
      #expect(run == "first" || median < .milliseconds(1))
    }
  }
}
