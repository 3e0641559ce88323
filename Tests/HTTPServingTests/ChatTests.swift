import Batching
import ChatTemplate
import Serving
import TestSupport
import Testing

@Suite struct ChatTests {
  private static let messages = #""messages":[{"role":"user","content":"hello"}]"#

  @Test func anAnswerIsTheSameWholeAndStreamed() async throws {
    try await TinyServer.run { server in
      let fields = #"{"model":"tiny",\#(Self.messages),"max_tokens":12,"seed":5,"temperature":1,"logprobs":true"#
      let whole = try await server.json("/v1/chat/completions", fields + "}")
      let (chunks, isDone) = try await server.events(
        "/v1/chat/completions", fields + #","stream":true,"stream_options":{"include_usage":true}}"#)
      #expect(isDone)
      let choice = try #require(whole["choices"]?.arrayValue?.first)
      let deltas = chunks.compactMap { $0["choices"]?.arrayValue?.first }
      let content = deltas.compactMap { $0["delta"]?["content"]?.stringValue }.joined()
      #expect(choice["message"]?["content"] == .string(content))
      #expect(deltas.first?["delta"]?["role"] == "assistant")
      #expect(deltas.last?["finish_reason"] == "length" && choice["finish_reason"] == "length")
      let tokens = deltas.flatMap { $0["logprobs"]?["content"]?.arrayValue ?? [] }
      #expect(tokens.count == 12 && choice["logprobs"]?["content"]?.arrayValue == tokens)
      #expect(whole["usage"]?["completion_tokens"] == 12)
      #expect(chunks.last?["usage"]?["completion_tokens"] == 12 && chunks.last?["choices"] == [])
    }
  }

  @Test func severalAnswersShareTheirPrompt() async throws {
    try await TinyServer.run { server in
      let body =
        #"{"model":"tiny",\#(Self.messages),"max_tokens":6,"n":3,"seed":5,"temperature":2,"top_k":0,"top_p":1}"#
      let answers = try await server.json("/v1/chat/completions", body)
      let choices = try #require(answers["choices"]?.arrayValue)
      #expect(choices.map { $0["index"] } == [0, 1, 2])
      #expect(answers["usage"]?["completion_tokens"] == 18 && answers["usage"]?["prompt_tokens"] == 24)
      let again = try await server.json("/v1/chat/completions", body)
      #expect(again["choices"] == answers["choices"], "the same seed, the same answers")
      // The byte before the last page's end is cached by now; the last token is always computed.
      #expect(again["usage"]?["prompt_tokens_details"]?["cached_tokens"] == 16)
    }
  }

  @Test func saltsKeepPrefixesApart() async throws {
    try await TinyServer.run { server in
      let prompt = String(repeating: "a", count: 40)
      for (salt, cached) in [("one", 0), ("two", 0), ("one", 39), ("two", 39)] {
        let answer = try await server.json(
          "/v1/completions", #"{"model":"tiny","prompt":"\#(prompt)","max_tokens":12,"cache_salt":"\#(salt)"}"#)
        #expect(answer["usage"]?["prompt_tokens_details"]?["cached_tokens"] == .integer(cached), "\(salt)")
      }
    }
  }

  private static let tools = #"""
    "tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object",
    "properties":{"a":{"enum":["x","y"]},"b":{"type":"boolean"}},"required":["a","b"],"additionalProperties":false}}},
    {"type":"function","function":{"name":"g","parameters":{"enum":[{"a":1}]}}}]
    """#

  @Test func toolsAreCalledWhereTheyMustBe() async throws {
    try await TinyServer.run { server in
      for (choice, names) in [
        (#""required""#, ["f", "g"]), (#"{"type":"function","function":{"name":"g"}}"#, ["g"]),
      ] {
        let fields =
          #"{"model":"tiny",\#(Self.messages),\#(Self.tools),"tool_choice":\#(choice),"seed":3,"max_tokens":600,"#
          + #""enable_thinking":false,"parallel_tool_calls":false"#
        let answer = try await server.json("/v1/chat/completions", fields + "}")
        let whole = try #require(answer["choices"]?.arrayValue?.first)
        let call = try #require(whole["message"]?["tool_calls"]?.arrayValue?.first?["function"])
        #expect(whole["finish_reason"] == "tool_calls" && whole["message"]?["content"] == .null)
        #expect(names.contains(call["name"]?.stringValue ?? ""))
        let arguments = try JSONValue(parsing: call["arguments"]?.stringValue ?? "")
        #expect(arguments["a"] == 1 || (["x", "y"].contains(arguments["a"]) && arguments["b"]?.boolValue != nil))
        let (chunks, isDone) = try await server.events("/v1/chat/completions", fields + #","stream":true}"#)
        let pieces = chunks.flatMap { $0["choices"]?.arrayValue?.first?["delta"]?["tool_calls"]?.arrayValue ?? [] }
        #expect(pieces.first?["function"]?["name"] == call["name"] && pieces.count > 2 && isDone)
        let streamed = pieces.compactMap { $0["function"]?["arguments"]?.stringValue }.joined()
        #expect(.string(streamed) == call["arguments"])
      }
    }
  }

  /// Made to begin a call, the random model writes one that fits the schema, as it never would by itself.
  @Test func strictToolsAreCalledWithWhatTheyTake() async throws {
    try await TinyServer.run { server in
      func call(_ seed: Int, strict: Bool, _ further: String = "") async throws -> JSONValue? {
        let tool =
          #"{"type":"function","function":{"name":"f","strict":\#(strict),"parameters":{"type":"object","#
          + #""properties":{"a":{"enum":["x","y"]}},"required":["a"],"additionalProperties":false}}}"#
        let answer = try await server.json(
          "/v1/chat/completions",
          #"{"model":"tiny",\#(Self.messages),"tools":[\#(tool)],"tool_choice":"auto","parallel_tool_calls":false,"#
            + #""seed":\#(seed),"temperature":2,"top_k":0,"top_p":1,"max_tokens":200,"#
            + #""enable_thinking":false,"logit_bias":{"\#(Self.callToken)":50}\#(further)}"#)
        return answer["choices"]?.arrayValue?.first
      }
      for seed in 1...4 {
        let choice = try #require(try await call(seed, strict: true))
        let function = try #require(choice["message"]?["tool_calls"]?.arrayValue?.first?["function"])
        #expect(choice["finish_reason"] == "tool_calls" && function["name"] == "f")
        let arguments = try JSONValue(parsing: function["arguments"]?.stringValue ?? "").objectValue
        #expect(arguments?.count == 1 && ["x", "y"].contains(arguments?["a"]), "seed \(seed)")
      }
      #expect(try await call(1, strict: false)?["message"]?["tool_calls"] == nil)
      // An answer need not call anything, and goes on where it is not to end.
      #expect(try await call(1, strict: true, #","ignore_eos":true"#)?["finish_reason"] == "tool_calls")
    }
  }

  /// The token `<tool_call>` of the model.
  private static let callToken = 261

  @Test func answersKeepToTheirFormat() async throws {
    try await TinyServer.run { server in
      let schema = #"{"type":"array","items":{"enum":["a","b"]},"minItems":2,"maxItems":3}"#
      for seed in 1...3 {
        let answer = try await server.json(
          "/v1/chat/completions",
          #"{"model":"tiny",\#(Self.messages),"max_tokens":200,"seed":\#(seed),"temperature":2,"top_k":0,"top_p":1,"#
            + #""enable_thinking":false,"response_format":{"type":"json_schema","json_schema":{"schema":\#(schema)}}}"#)
        let choice = try #require(answer["choices"]?.arrayValue?.first)
        let value = try JSONValue(parsing: choice["message"]?["content"]?.stringValue ?? "")
        #expect([2, 3].contains(value.arrayValue?.count) && choice["finish_reason"] == "stop")
        #expect(value.arrayValue?.allSatisfy { ["a", "b"].contains($0) } == true)
      }
      for (fields, parameter) in [
        (
          #""response_format":{"type":"json_schema","json_schema":{"schema":{"type":"odd"}}}"#,
          "response_format.json_schema.schema"
        ),
        (
          #""tools":[{"type":"function","function":{"name":"f","parameters":{"type":3}}}],"tool_choice":"required""#,
          "tools"
        ),
        (
          #""tools":[{"type":"function","function":{"name":"f","strict":true,"parameters":{"type":"object","not":{}}}}]"#,
          "tools"
        ),
        (#""response_format":{"type":"json_object"},"ignore_eos":true"#, "ignore_eos"),
      ] {
        let error = try await server.json(
          "/v1/chat/completions", #"{"model":"tiny",\#(Self.messages),\#(fields)}"#, status: 400)
        #expect(error["error"]?["param"] == .string(parameter))
      }
    }
  }

  @Test func aThoughtIsToldApart() async throws {
    var setting = TinyServer.Setting()
    setting.template = "{% for message in messages %}{{ message.content }}{% endfor %}<think>\n"
    try await TinyServer.run(setting) { server in
      let fields = #"{"model":"tiny",\#(Self.messages),"max_tokens":6,"temperature":0,"logit_bias":{"120":100}}"#
      let answer = try await server.json("/v1/chat/completions", fields)
      let message = answer["choices"]?.arrayValue?.first?["message"]
      #expect(message?["reasoning_content"] == "xxxxxx" && message?["content"] == "")
      #expect(answer["usage"]?["completion_tokens_details"]?["reasoning_tokens"] == 6)
    }
  }

  @Test func aClientThatGoesAwayFreesItsPages() async throws {
    try await TinyServer.run { server in
      try await server.paced { gate in
        for isStreamed in [true, false] {
          var client: SocketClient? = try await server.client(TinyServer.longBody(isStreamed: isStreamed))
          try await server.requestsCome(1)
          gate.admit(10)
          if isStreamed, let client { _ = try await blocking { client.read() } }
          client = nil
          // Though the engine makes no step that could tell.
          try await server.requestsCome(0)
        }
      }
      #expect(try await server.pagesInUse() == 0)
    }
  }
}
