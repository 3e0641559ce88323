import ChatTemplate
import Grammar
import Testing

/// Calls of tools, and thoughts before what is constrained.
struct ToolCallTests {
  private static let tools = [
    ToolSignature(
      name: "weather", parameters: ["type": "object", "properties": ["city": ["type": "string"]], "required": ["city"]]),
    ToolSignature(name: "now", parameters: nil),
  ]
  private static let weather = "<tool_call>\n{\"name\": \"weather\", \"arguments\": {\"city\": \"Köln\"}}\n</tool_call>"
  private static let now = "<tool_call>\n{\"name\": \"now\", \"arguments\": {}}\n</tool_call>"

  @Test func oneCallOfOneTool() throws {
    let grammar = try TokenGrammar.toolCalls(Self.tools, vocabulary: Vocabularies.bytes)
    #expect(grammar.accepts(Self.weather))
    #expect(grammar.accepts(Self.now))
    #expect(!grammar.accepts(Self.weather + "\n" + Self.now))
    #expect(!grammar.accepts(Self.now.replacing("now", with: "weather")))
    #expect(!grammar.accepts(Self.now.replacing("now", with: "later")))
  }

  @Test func severalCalls() throws {
    let grammar = try TokenGrammar.toolCalls(Self.tools, allowsSeveral: true, vocabulary: Vocabularies.bytes)
    #expect(grammar.accepts(Self.weather))
    #expect(grammar.accepts([Self.weather, Self.now, Self.now].joined(separator: "\n")))
    #expect(!grammar.accepts(Self.weather + Self.now))
    #expect(!grammar.accepts(Self.weather + "\n"))
  }

  @Test func thoughtsBeforeTheDocument() throws {
    let (bytes, schema) = (Vocabularies.bytes, ["type": "integer"] as JSONValue)
    let optional = try TokenGrammar(schema: schema, vocabulary: bytes, thinking: .optional)
    let open = try TokenGrammar(schema: schema, vocabulary: bytes, thinking: .open)
    let none = try TokenGrammar(schema: schema, vocabulary: bytes)
    let thought = "\nIs 1 < 2? </thin, \u{1F914}\n</think>\n\n"
    #expect(optional.accepts("<think>" + thought + "7") && optional.accepts("7"))
    #expect(!optional.accepts("<think>" + thought) && !optional.accepts("<think>7"))
    #expect(open.accepts(thought + "7") && open.accepts("</think>7") && !open.accepts("7"))
    #expect(none.accepts("7") && !none.accepts("<think></think>7"))
  }

  @Test func anyObject() throws {
    let grammar = try TokenGrammar.anyObject(vocabulary: Vocabularies.bytes)
    #expect(grammar.accepts("{}") && grammar.accepts("{\"a\": [1, {\"b\": \"c\"}]}"))
    #expect(!grammar.accepts("[]") && !grammar.accepts("{\"a\"}") && !grammar.accepts("{} "))
  }

  @Test func errorsNameTheTool() throws {
    let tools = [ToolSignature(name: "a", parameters: nil), ToolSignature(name: "b", parameters: ["not": [:]])]
    #expect {
      _ = try TokenGrammar.toolCalls(tools, vocabulary: Vocabularies.bytes)
    } throws: {
      ($0 as? GrammarError)?.pointer == "/tools/1/function/parameters/not"
    }
  }
}
