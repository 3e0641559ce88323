import ChatTemplate
import OpenAIProtocol
import Testing

/// Answers as they go over the wire, byte for byte.
@Suite struct AnswerWriterTests {
  private let head = AnswerHead(id: "id", created: 7, model: "m")

  /// Two answers: one with a thought and a call, one with text.
  private var parts: [AnswerPart] {
    var thought = AnswerDelta(choice: 0)
    thought.reasoning = "hm"
    var call = AnswerDelta(choice: 0)
    call.toolCalls = [ToolCallDelta(index: 0, beginning: .init(id: "c", name: "f"), arguments: "{")]
    var end = AnswerDelta(choice: 0)
    end.toolCalls = [ToolCallDelta(index: 0, arguments: "}")]
    end.finishReason = .toolCalls
    var text = AnswerDelta(choice: 1)
    text.content = "é\n"
    text.logProbabilities = [
      TokenLogProbability(
        chosen: .init(bytes: [0xC3], logProbability: -0.1), best: [.init(bytes: [0x61], logProbability: -.infinity)]),
      TokenLogProbability(chosen: .init(bytes: [0xA9, 0x0A], logProbability: 0), best: []),
    ]
    text.finishReason = .length
    var usage = Usage()
    (usage.promptTokens, usage.cachedTokens, usage.completionTokens, usage.reasoningTokens) = (5, 4, 3, 2)
    return [.delta(thought), .delta(call), .delta(text), .delta(end), .usage(usage)]
  }

  private var collected: CollectedAnswers {
    var answers = CollectedAnswers(count: 2)
    for part in parts { answers.append(part) }
    return answers
  }

  private static let usage =
    #"{"prompt_tokens":5,"completion_tokens":3,"total_tokens":8,"prompt_tokens_details":{"cached_tokens":4},"#
    + #""completion_tokens_details":{"reasoning_tokens":2}}"#

  @Test func aChatAnswer() {
    let response = ChatAnswerWriter(head, hasLogProbabilities: true).response(collected).jsonText
    let calls = #"[{"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}]"#
    let first =
      #"{"index":0,"message":{"role":"assistant","content":null,"refusal":null,"reasoning_content":"hm","tool_calls":"#
      + calls + #"},"logprobs":{"content":[],"refusal":null},"finish_reason":"tool_calls"}"#
    let tokens =
      #"[{"token":"�","logprob":-0.1,"bytes":[195],"top_logprobs":[{"token":"a","logprob":-9999.0,"bytes":[97]}]},"#
      + #"{"token":"�\n","logprob":0.0,"bytes":[169,10],"top_logprobs":[]}]"#
    let second =
      #"{"index":1,"message":{"role":"assistant","content":"é\n","refusal":null},"logprobs":{"content":"#
      + tokens + #","refusal":null},"finish_reason":"length"}"#
    #expect(
      response == #"{"id":"id","object":"chat.completion","created":7,"model":"m","choices":[\#(first),\#(second)],"#
        + #""usage":\#(Self.usage)}"#)
  }

  @Test func chunksOfAChatAnswer() {
    let writer = ChatAnswerWriter(head, includesUsage: true)
    let chunks = parts.map { part in
      switch part {
      case .delta(let delta): writer.chunk(delta)
      case .usage(let usage): writer.chunk(usage)
      }
    }
    func expected(_ index: Int, _ delta: String, _ reason: String = "null") -> String {
      #"{"id":"id","object":"chat.completion.chunk","created":7,"model":"m","choices":[{"index":\#(index),"delta":"#
        + delta + #","logprobs":null,"finish_reason":\#(reason)}],"usage":null}"#
    }
    #expect(writer.beginning(ofChoice: 1)?.jsonText == expected(1, #"{"role":"assistant","content":""}"#))
    let beginning =
      #"{"tool_calls":[{"index":0,"id":"c","type":"function","function":{"name":"f","arguments":"{"}}]}"#
    #expect(
      chunks.map(\.jsonText) == [
        expected(0, #"{"reasoning_content":"hm"}"#), expected(0, beginning),
        expected(1, #"{"content":"é\n"}"#, #""length""#),
        expected(0, #"{"tool_calls":[{"index":0,"function":{"arguments":"}"}}]}"#, #""tool_calls""#),
        #"{"id":"id","object":"chat.completion.chunk","created":7,"model":"m","choices":[],"usage":\#(Self.usage)}"#,
      ])
  }

  @Test func aTextAnswer() {
    var writer = TextAnswerWriter(head, hasLogProbabilities: true)
    let choice = writer.response(collected)["choices"]?.arrayValue?.last
    let probabilities =
      #"{"tokens":["bytes:\\xc3","bytes:\\xa9\\x0a"],"token_logprobs":[-0.1,0.0],"top_logprobs":[{"a":-9999.0},{}],"text_offset":[0,1]}"#
    #expect(
      choice?.jsonText == #"{"index":1,"text":"é\n","logprobs":\#(probabilities),"finish_reason":"length"}"#)
    guard case .delta(let delta) = parts[2] else { return }
    _ = writer.chunk(delta)
    let second = writer.chunk(delta)["choices"]?.arrayValue?.first
    #expect(second?["logprobs"]?["text_offset"] == [2, 3], "offsets go on from chunk to chunk")
  }

  /// Where tokens are told by their texts, none takes another's place but a more probable one.
  @Test func tokensWithoutATextAreToldApart() {
    var delta = AnswerDelta(choice: 0)
    let bytes: [[UInt8]] = [[0xF0], [0x9F], [0x62], [0x62], [0xEF, 0xBF, 0xBD]]
    let best = zip(bytes, [Float](arrayLiteral: -0.25, -3, -5, -4, -6)).map { bytes, number in
      TokenLogProbability.Candidate(bytes: bytes, logProbability: number)
    }
    delta.logProbabilities = [TokenLogProbability(chosen: best[0], best: best)]
    var writer = TextAnswerWriter(head, hasLogProbabilities: true)
    let choice = writer.chunk(delta)["choices"]?.arrayValue?.first
    let top = #"{"bytes:\\xf0":-0.25,"bytes:\\x9f":-3.0,"b":-4.0,"�":-6.0}"#
    #expect(
      choice?["logprobs"]?.jsonText
        == #"{"tokens":["bytes:\\xf0"],"token_logprobs":[-0.25],"top_logprobs":[\#(top)],"text_offset":[0]}"#)
  }

  @Test func errorsAreOpenAIs() {
    let error = APIError(.invalidRequest, "expected x", parameter: "p", code: "c")
    #expect(
      error.json.jsonText
        == #"{"error":{"message":"expected x","type":"invalid_request_error","param":"p","code":"c"}}"#)
    let kinds: [(APIError.Kind, Int, String)] = [
      (.invalidRequest, 400, "invalid_request_error"), (.authentication, 401, "authentication_error"),
      (.notFound, 404, "invalid_request_error"), (.methodNotAllowed, 405, "invalid_request_error"),
      (.requestTimeout, 408, "invalid_request_error"), (.tooLarge, 413, "invalid_request_error"),
      (.tooManyRequests, 429, "rate_limit_error"), (.unavailable, 503, "service_unavailable_error"),
      (.server, 500, "server_error"),
    ]
    for (kind, status, type) in kinds {
      #expect(APIError(kind, "").status == status && APIError(kind, "").type == type)
    }
  }
}
