import Batching
import ChatTemplate
import Serving
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

  @Test func aClientThatGoesAwayFreesItsPages() async throws {
    try await TinyServer.run { server in
      for isStreamed in [true, false] {
        let body = #"{"model":"tiny","prompt":"x","max_tokens":4000,"ignore_eos":true,"stream":\#(isStreamed)}"#
        let port = server.port
        try await blocking {
          let client = try SocketClient(port: port)
          client.write(TinyServer.request("POST", "/v1/completions", body))
          if isStreamed { _ = client.read() }
        }
        #expect(try await server.pagesInUse() == 0)
      }
      #expect(await server.engine.totals.generatedTokens < 8000, "they did not go on for nobody")
    }
  }
}
