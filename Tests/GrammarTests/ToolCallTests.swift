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

  private static let strict =
    ToolSignature(
      name: "weather",
      parameters: [
        "type": "object", "properties": ["city": ["enum": ["Bern", "</think><tool_call>"]]], "required": ["city"],
        "additionalProperties": false,
      ], isStrict: true)
  private static let bern = "<tool_call>\n{\"name\": \"weather\", \"arguments\": {\"city\": \"Bern\"}}\n</tool_call>"

  @Test func callsWithinText() throws {
    let grammar = try TokenGrammar.textWithToolCalls([Self.strict, Self.tools[1]], vocabulary: Vocabularies.bytes)
    let free = ["", " ", "<", "Hello <tool_calls", "<tool_cal", "a <think> b </think> c", "</tool_call>", "\n<thin"]
    for text in free + [Self.bern, Self.now] { #expect(grammar.accepts(text), "\(text)") }
    for text in free {
      #expect(grammar.accepts(text + Self.bern + "\nand " + Self.now + text), "\(text)")
    }
    let calls = [
      "<tool_call>", "<tool_call>\n{\"name\": \"weather\", \"arguments\": {}}\n</tool_call>",
      "<tool_call>{\"name\": \"weather\"", Self.bern.replacing("Bern", with: "Köln"),
      Self.bern.replacing("weather", with: "other"), String(Self.bern.dropLast()),
      Self.bern + Self.bern + "<tool_call>",
    ]
    for call in calls {
      #expect(!grammar.accepts(call) && !grammar.accepts("Well, " + call + " then"), "\(call)")
    }
  }

  /// What a thought says is no call, however it looks, and does not change what a call behind it has to be.
  @Test func thoughtsBeforeCallsWithinText() throws {
    let tools = [Self.strict]
    let optional = try TokenGrammar.textWithToolCalls(tools, vocabulary: Vocabularies.bytes)
    let open = try TokenGrammar.textWithToolCalls(tools, vocabulary: Vocabularies.bytes, beginsInThought: true)
    let thoughts = ["", "<tool_call> not yet", "a <think> b", Self.bern, "<tool_call>\n{\"name\": \"weather\", "]
    for thought in thoughts {
      for (grammar, beginning) in [(optional, "<think>"), (optional, " \n\t<think>"), (open, "")] {
        let begun = beginning + thought
        #expect(grammar.accepts(begun), "a thought that is cut: \(begun)")
        #expect(grammar.accepts(begun + "</think>\n\n" + Self.bern), "\(begun)")
        #expect(grammar.accepts(begun + "</think>no"), "\(begun)")
        #expect(!grammar.accepts(begun + "</think>" + Self.bern.replacing("Bern", with: "Oslo")), "\(begun)")
        #expect(!grammar.accepts(begun + "</think><tool_call>"), "\(begun)")
      }
    }
    // Were the thought text, the mark within it would begin a call in whose argument the second one stands.
    let hidden = Self.bern.replacing("Bern", with: "</think><tool_call>")
    #expect(optional.accepts(hidden) && !optional.accepts("<think>" + hidden))
  }

  @Test func strictToolsWithoutParametersTakeNone() throws {
    let tool = ToolSignature(name: "now", parameters: nil, isStrict: true)
    let grammar = try TokenGrammar.toolCalls([tool], vocabulary: Vocabularies.bytes)
    #expect(grammar.accepts(Self.now) && !grammar.accepts(Self.now.replacing("{}", with: "{\"a\": 1}")))
  }

  @Test func strictToolsRefuseFormatsThatAreNotHeldTo() throws {
    let parameters: JSONValue = ["type": "object", "properties": ["a": ["type": "string", "format": "odd"]]]
    for (isStrict, isRefused) in [(true, true), (false, false)] {
      let tool = ToolSignature(name: "f", parameters: parameters, isStrict: isStrict)
      let isThrown =
        (try? TokenGrammar.toolCalls([tool], vocabulary: Vocabularies.bytes)) == nil
        && (try? TokenGrammar.textWithToolCalls([tool], vocabulary: Vocabularies.bytes)) == nil
      #expect(isThrown == isRefused)
    }
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
