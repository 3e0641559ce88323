import ChatTemplate
import OpenAIProtocol
import Testing

@Suite struct ChatRequestTests {
  private func request(_ members: String) throws -> ChatRequest {
    try ChatRequest(RequestFields(body: Array("{\(members)}".utf8)))
  }

  private static let base = #""model":"m","messages":[{"role":"user","content":"hi"}]"#

  @Test func whatIsNotSaidIsNil() throws {
    let request = try request(Self.base)
    #expect(request == ChatRequest(model: "m", messages: [ChatMessage(.user, "hi")]))
    #expect(request.generation.count == 1 && request.tools.choice == .none && request.responseFormat == .text)
  }

  @Test func nullIsAsGoodAsNothing() throws {
    let nulls = ["temperature", "n", "stop", "tools", "response_format", "logit_bias", "stream_options", "user"]
      .map { #","\#($0)":null"# }.joined()
    #expect(try request(Self.base + nulls) == request(Self.base))
  }

  @Test func partsOfTextAreJoined() throws {
    let request = try request(
      #"""
      "model":"m","messages":[{"role":"developer","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]},
      {"role":"assistant","content":null,"reasoning_content":"hm","tool_calls":[{"id":"c","type":"function",
      "function":{"name":"f","arguments":"{\"b\":1,\"a\":2}"}}]},{"role":"tool","tool_call_id":"c","content":"3"}]
      """#)
    #expect(request.messages[0].json == ["role": "system", "content": "ab"])
    #expect(
      request.messages[1].json.jsonText
        == #"{"role":"assistant","content":"","reasoning_content":"hm","tool_calls":[{"type":"function","id":"c","#
        + #""function":{"name":"f","arguments":{"b":1,"a":2}}}]}"#)
    #expect(request.messages[2].json == ["role": "tool", "content": "3", "tool_call_id": "c"])
  }

  @Test func theNewerLimitCounts() throws {
    #expect(try request(Self.base + #","max_tokens":5,"max_completion_tokens":7"#).generation.maxTokens == 7)
    #expect(try request(Self.base + #","max_tokens":5"#).generation.maxTokens == 5)
  }

  @Test func toolsAreAutomaticWhereThereAreSome() throws {
    let tools = #","tools":[{"type":"function","function":{"name":"f","parameters":{"z":1,"a":2}}}]"#
    let plain = try request(Self.base + tools)
    #expect(plain.tools.choice == .automatic && plain.tools.definitions.map(\.name) == ["f"])
    #expect(plain.tools.definitions[0].parameters?.jsonText == #"{"z":1,"a":2}"#, "the order stays")
    for (choice, expected) in [
      (#""none""#, ToolChoice.none), (#""required""#, .required),
      (#"{"type":"function","function":{"name":"f"}}"#, .function("f")),
    ] {
      #expect(try request(Self.base + tools + #","tool_choice":\#(choice)"#).tools.choice == expected)
    }
    #expect(try request(Self.base + #","tools":[],"tool_choice":"auto""#).tools.choice == ToolChoice.none)
  }

  /// What is said of the template means the same where only tokens are wanted.
  @Test func templatesAreToldTheSameForTokens() throws {
    func fields(_ more: String) throws -> RequestFields { try RequestFields(body: Array("{\(Self.base)\(more)}".utf8)) }
    for more in [#","enable_thinking":false"#, #","chat_template_kwargs":{"enable_thinking":true,"x":1}"#] {
      let chat = try ChatRequest(fields(more))
      guard case .chat(let other) = try TokenizeRequest(fields(more)).source else {
        Issue.record("no chat")
        continue
      }
      #expect(other.templateArguments == chat.templateArguments && !chat.templateArguments.isEmpty, "\(more)")
    }
    let error = #expect(throws: APIError.self) {
      try TokenizeRequest(fields(#","chat_template_kwargs":{"messages":[]}"#))
    }
    #expect(error?.parameter == "chat_template_kwargs")
  }

  private static let threeTools =
    base + #"""
      ,"tools":[{"type":"function","function":{"name":"f"}},{"type":"function","function":{"name":"g"}},
                {"type":"compiled_program","compiled_program":{"name":"p"}}],"tool_choice":
      """#

  private static func allowed(_ mode: String, _ tools: String) -> String {
    threeTools + #"{"type":"allowed_tools","allowed_tools":{"mode":"\#(mode)","tools":[\#(tools)]}}"#
  }

  @Test func onlyToolsThatAreAllowedAreLeft() throws {
    let function = #"{"type":"function","function":{"name":"g"}}"#
    let program = #"{"type":"compiled_program","compiled_program":{"name":"p"}}"#
    for (mode, choice) in [("auto", ToolChoice.automatic), ("required", .required)] {
      let one = try request(Self.allowed(mode, function)).tools
      #expect(one.choice == choice && one.definitions.map(\.name) == ["g"])
      let two = try request(Self.allowed(mode, program + "," + function)).tools
      #expect(two.choice == choice && two.definitions.map(\.name) == ["g", "p"], "in the order of 'tools'")
    }
    #expect(try request(Self.threeTools + program).tools.choice == .function("p"))
  }

  @Test func whatIsNotThereIsNotAllowed() throws {
    let mistakes = [
      (Self.allowed("auto", ""), "tool_choice.allowed_tools.tools"),
      (Self.allowed("auto", "1"), "tool_choice.allowed_tools.tools[0]"),
      (Self.allowed("auto", #"{"type":"function","function":{"name":"x"}}"#), "tool_choice.allowed_tools.tools"),
      (Self.allowed("auto", #"{"type":"custom","custom":{"name":"f"}}"#), "tool_choice.allowed_tools.tools[0].type"),
      (
        Self.allowed("none", #"{"type":"function","function":{"name":"f"}}"#), "tool_choice.allowed_tools.mode"
      ),
      (Self.threeTools + #"{"type":"allowed_tools"}"#, "tool_choice.allowed_tools"),
      (Self.threeTools + #"{"type":"custom"}"#, "tool_choice.type"), (Self.threeTools + "1", "tool_choice"),
    ]
    for (json, parameter) in mistakes {
      let error = #expect(throws: APIError.self) { try request(json) }
      #expect(error?.parameter == parameter, "\(json): \(error?.message ?? "")")
    }
  }

  /// What is wrong, the parameter that is named, and the message.
  static let mistakes: [(String, String?, String)] = [
    (#""messages":[]"#, "model", "'model': expected a string, found nothing"),
    (#""model":7,"messages":[]"#, "model", "'model': expected a string, found 7"),
    (#""model":"m""#, "messages", "'messages': expected at least one message, found nothing"),
    (#""model":"m","messages":"hi""#, "messages", #"'messages': expected an array, found "hi""#),
    (#""model":"m","messages":[1]"#, "messages[0]", "'messages[0]': expected an object, found 1"),
    (
      #""model":"m","messages":[{"role":"robot","content":"x"}]"#, "messages[0].role",
      #"'messages[0].role': expected 'system', 'developer', 'user', 'assistant', 'tool', found "robot""#
    ),
    (
      #""model":"m","messages":[{"role":"user"}]"#, "messages[0].content",
      "'messages[0].content': expected a text or text parts, found nothing"
    ),
    (
      #""model":"m","messages":[{"role":"user","content":[{"type":"image_url"}]}]"#, "messages[0].content[0].type",
      "'messages[0].content[0].type': expected 'text'; this model reads text only"
    ),
    (base + #","temperature":2.5"#, "temperature", "'temperature': expected a number from 0.0 to 2.0, found 2.5"),
    (base + #","temperature":"hot""#, "temperature", #"'temperature': expected a number from 0.0 to 2.0, found "hot""#),
    (base + #","n":0"#, "n", "'n': expected an integer from 1 to 128, found 0"),
    (base + #","n":1.5"#, "n", "'n': expected an integer from 1 to 128, found 1.5"),
    (base + #","max_tokens":0"#, "max_tokens", "'max_tokens': expected an integer of at least 1, found 0"),
    (
      base + #","seed":99999999999999999999"#, "seed", "'seed': expected an integer of 64 bits, found a larger integer"
    ),
    (
      base + #","stop":["a",1]"#, "stop", "'stop': expected a text, or at most 16 of them, none empty, found an array"
    ),
    (base + #","stop":"""#, "stop", "'stop': expected a text, or at most 16 of them, none empty, found \"\""),
    (
      base + #","logit_bias":{"x":1}"#, "logit_bias", #"'logit_bias': expected token numbers as keys, found "x""#
    ),
    (
      base + #","logit_bias":{"1":101}"#, "logit_bias", "'logit_bias': expected numbers from -100 to 100, found 101"
    ),
    (base + #","top_logprobs":2"#, "top_logprobs", "'top_logprobs': expected only where 'logprobs' is true"),
    (
      base + #","logprobs":true,"top_logprobs":21"#, "top_logprobs",
      "'top_logprobs': expected an integer from 0 to 20, found 21"
    ),
    (
      base + #","stream_options":{"include_usage":true}"#, "stream_options",
      "'stream_options': expected only where 'stream' is true"
    ),
    (base + #","tool_choice":"required""#, "tool_choice", "'tool_choice': expected 'tools' to choose from"),
    (
      base + #","tools":[{"type":"retrieval"}]"#, "tools[0].type",
      "'tools[0].type': expected 'function' or 'compiled_program', found 'retrieval'"
    ),
    (
      base + #","tools":[{"type":"function","function":{"name":"a b"}}]"#, "tools[0].function.name",
      "'tools[0].function.name': expected 1 to 64 letters, digits, '_' and '-'"
    ),
    (
      base + #","functions":[]"#, "functions", "'functions': expected 'tools' and 'tool_choice' in its place"
    ),
    (
      base + #","response_format":{"type":"xml"}"#, "response_format.type",
      #"'response_format.type': expected 'text', 'json_object', 'json_schema', found "xml""#
    ),
    (
      base + #","response_format":{"type":"json_schema","json_schema":{"name":"x"}}"#,
      "response_format.json_schema.schema",
      "'response_format.json_schema.schema': expected a JSON schema, found nothing"
    ),
    (base + #","modalities":["audio"]"#, "modalities", #"'modalities': expected ["text"]"#),
    (base + #","priority":101"#, "priority", "'priority': expected an integer from -100 to 100, found 101"),
    (
      base + #","chat_template_kwargs":{"messages":[]}"#, "chat_template_kwargs",
      "'chat_template_kwargs': expected no 'messages', which the request says elsewhere"
    ),
  ]

  @Test(arguments: mistakes.indices) func mistakesAreNamed(_ index: Int) throws {
    let (members, parameter, message) = Self.mistakes[index]
    let error = try #require(throws: APIError.self) { try request(members) }
    #expect(error.parameter == parameter)
    #expect(error.message == message)
    #expect(error.status == 400)
  }

  @Test func aBodyIsAnObject() throws {
    for (body, message) in [
      ("", "the body is not JSON: line 1 (byte 0): expected a value, found the end"),
      ("[1]", "expected a JSON object as the body, found an array"),
      (#"{"model":}"#, "the body is not JSON: line 1 (byte 9): expected a value"),
      (
        String(repeating: "[", count: 1000),
        "the body is not JSON: line 1 (byte 256): expected at most 256 levels of arrays and objects"
      ),
    ] {
      let error = try #require(throws: APIError.self) { try RequestFields(body: Array(body.utf8)) }
      #expect(error.message == message)
    }
  }
}
