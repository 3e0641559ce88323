import ChatTemplate
import Foundation
import Grammar
import RandomNumbers
import TestSupport
import Testing

/// Whatever is chosen among the allowed tokens is a document that satisfies its schema.
struct RandomSamplingTests {
  private static let isLong = ProcessInfo.processInfo.environment["TVM_LONG_TESTS"] != nil

  @Test func sampledDocumentsSatisfyTheirSchemas() throws {
    var random = SplitMix64()
    let tokens = Vocabularies.random(600, &random)
    let vocabulary = TokenVocabulary(tokens: tokens, endTokens: [Vocabularies.end])
    let sampler = UniformSampler(tokens: tokens)
    var (made, ended) = (0, 0)
    for index in 0..<(Self.isLong ? 3_000 : 150) {
      var generator = RandomSchema(SplitMix64(stream: index))
      let schema = generator.schema()
      let place = "schema \(index) of seed \(SplitMix64.testSeed): \(schema)"
      let grammar: TokenGrammar
      do throws(GrammarError) {
        grammar = try TokenGrammar(schema: schema, vocabulary: vocabulary)
      } catch {
        #expect(error.kind == .unsatisfiable, "\(error) for \(place)")
        continue
      }
      made += 1
      for _ in 0..<3 {
        guard let text = try sampler.document(grammar, &random) else { continue }
        ended += 1
        let written = String(decoding: text, as: UTF8.self)
        #expect(throws: Never.self, "\(written) of \(place)") {
          try JSONSerialization.jsonObject(with: Data(text), options: .fragmentsAllowed)
        }
        let document = try JSONValue(parsing: text)
        #expect(SchemaOracle(root: schema).accepts(document), "\(written) of \(place)")
      }
    }
    #expect(made > 100 && ended > made, "\(made) grammars, \(ended) documents")
  }
}
