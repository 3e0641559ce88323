import ChatTemplate
import Testing

/// What transformers and jinja2 make of the same templates; `Fixtures/make_fixtures.py` asked them.
@Suite struct ReferenceTests {
  @Test func snippetsPrintWhatJinjaPrints() throws {
    let cases = try #require(try Fixture.json("expressions.json").arrayValue)
    let context = try #require(cases.first?.objectValue)
    #expect(cases.count > 1000)
    for entry in cases.dropFirst() {
      let template = try #require(entry.arrayValue?.first?.stringValue)
      let expected = entry.arrayValue?.last?.stringValue
      let rendered = Fixture.render(template, context)
      #expect((try? rendered.get()) == expected, "\(template)\n\(rendered)")
    }
  }

  @Test(arguments: ["chatml", "brackets", "schema"])
  func conversationsRenderAsTransformersRendersThem(_ name: String) throws {
    let source = try Fixture.text("\(name).jinja")
    try checkConversations(name, source) { $0 }
  }

  @Test(.enabled(if: Fixture.qwen3 != nil, Comment(rawValue: Fixture.qwen3Comment)))
  func conversationsRenderAsTransformersRendersThemForQwen3() throws {
    try checkConversations("qwen3", try #require(Fixture.qwen3)) { text in
      let hash = text.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
      let digits = String(hash, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }
  }

  /// - Parameter summarize: what of a rendering was written down.
  private func checkConversations(_ name: String, _ source: String, _ summarize: (String) -> String) throws {
    let template = try ChatTemplate(source)
    let cases = try #require(try Fixture.json("conversations.json").arrayValue)
    #expect(cases.count >= 200)
    var accepted = 0
    for (index, entry) in cases.enumerated() {
      let expected = try #require(entry["expected"]?[name]).stringValue
      let rendered = try? template.render(
        messages: try #require(entry["messages"]?.arrayValue), tools: entry["tools"]?.arrayValue,
        addGenerationPrompt: entry["add_generation_prompt"] == true,
        additionalContext: try #require(entry["context"]?.objectValue))
      #expect(rendered.map(summarize) == expected, "conversation \(index): \(rendered ?? "an error")")
      accepted += expected == nil ? 0 : 1
    }
    #expect(accepted > 100)
  }
}
