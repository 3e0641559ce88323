import OpenAIProtocol
import ServedLanguageModel
import Testing

@Suite struct AnswerParserTests {
  /// What a text is taken for, however it is cut.
  private struct Parts: Equatable {
    var thought = ""
    var content = ""
    var calls: [String] = []
  }

  private func parse(
    _ pieces: [String], _ start: AnswerParser.Start = .answer, findsCalls: Bool = true
  ) -> Parts {
    var parser = AnswerParser(start, findsCalls: findsCalls)
    var parts = Parts()
    for piece in pieces.flatMap({ parser.append($0) }) + parser.finish() {
      switch piece {
      case .thought(let text): parts.thought += text
      case .content(let text): parts.content += text
      case .call(let call):
        if let beginning = call.beginning {
          #expect(call.index == parts.calls.count && beginning.id.hasPrefix("call_"))
          parts.calls.append(beginning.name + ":")
        }
        parts.calls[call.index] += call.arguments
      }
    }
    return parts
  }

  /// Checks a text whole, byte by byte, and cut in two at each place.
  private func expect(
    _ text: String, _ start: AnswerParser.Start = .answer, findsCalls: Bool = true, thought: String = "",
    content: String = "", calls: [String] = []
  ) {
    let expected = Parts(thought: thought, content: content, calls: calls)
    let characters = text.unicodeScalars.map(String.init)
    #expect(parse([text], start, findsCalls: findsCalls) == expected)
    #expect(parse(characters, start, findsCalls: findsCalls) == expected)
    for cut in characters.indices {
      let pieces = [characters[..<cut].joined(), characters[cut...].joined()]
      #expect(parse(pieces, start, findsCalls: findsCalls) == expected, "cut at \(cut)")
    }
  }

  @Test func textIsText() {
    expect("")
    expect("hello", content: "hello")
    expect(" \n hi\n ", content: " \n hi\n ")
    expect("a < b <thin> </think> é", content: "a < b <thin> </think> é")
  }

  @Test func aThoughtComesFirst() {
    expect("<think>\nhm\n</think>\n\nyes", thought: "hm\n", content: "yes")
    expect("\n<think>hm</think>yes", thought: "hm", content: "yes")
    expect("hm\n</think>\n\nyes", .thought, thought: "hm\n", content: "yes")
    expect("<think>\n\n</think>\n\nyes", content: "yes")
    expect("no <think>hm</think>", content: "no <think>hm</think>")
    expect("<think>never ends</thin", thought: "never ends</thin")
    expect("<think>a</think>b<think>c</think>", thought: "a", content: "b<think>c</think>")
    expect("<think>a<tool_call>b</think>c", thought: "a<tool_call>b", content: "c")
    expect("<thin", content: "<thin")
  }

  @Test func callsAreTakenOut() {
    let call = #"<tool_call>\#n{"name": "f", "arguments": {"a": "}<\"", "b": [{}]}}\#n</tool_call>"#
    let f = #"f:{"a": "}<\"", "b": [{}]}"#
    expect(call, calls: [f])
    expect("so:\n\n" + call, content: "so:", calls: [f])
    expect("<think>x</think>\n\n" + call + "\n" + call + "\nend", thought: "x", content: "end", calls: [f, f])
    expect(call, findsCalls: false, content: call)
    expect("a \n<tool_c", content: "a \n<tool_c")
  }

  @Test func callsInAnotherOrderAreReadWhole() {
    expect(#"<tool_call>{"arguments": {"a": 1}, "name": "f"}</tool_call>"#, calls: [#"f:{"a":1}"#])
    expect(#"<tool_call>{"name": "f", "arguments": "{\"a\": 1}"}</tool_call>"#, calls: [#"f:{"a": 1}"#])
    expect(#"<tool_call>{"name": "f"}</tool_call>"#, calls: ["f:{}"])
    expect(#"<tool_call>{"name": "é\"", "arguments": {}}</tool_call>"#, calls: [#"é":{}"#])
  }

  @Test func callsOfLongNamesAreReadWhole() {
    for length in [4000, 4096, 5000] {
      let name = String(repeating: "n", count: length)
      let text = #"<tool_call>{"name": "\#(name)", "arguments": {"a":1}}</tool_call>x"#
      let expected = Parts(content: "x", calls: [name + #":{"a":1}"#])
      #expect(parse([text]) == expected)
      #expect(parse(text.map(String.init)) == expected)
    }
  }

  @Test func whatIsNoCallIsText() {
    for text in [
      "<tool_call>nonsense</tool_call>", "<tool_call>{}</tool_call>", #"<tool_call>{"name": 1}</tool_call>"#,
      "<tool_call>{\"name\": \"f", "<tool_call>",
    ] {
      expect(text, content: text)
    }
    expect(
      "<tool_call>x</tool_call>\n<tool_call>{\"name\":\"f\",\"arguments\":{}}</tool_call>",
      content: "<tool_call>x</tool_call>", calls: ["f:{}"])
  }

  @Test func callsThatAreCutOffStayCalls() {
    expect(#"<tool_call>{"name": "f", "arguments": {"a": "b"#, calls: [#"f:{"a": "b"#])
    expect(#"<tool_call>{"name": "f", "arguments": {"a": 1}"#, calls: [#"f:{"a": 1}"#])
    expect(#"<tool_call>{"name": "f", "arguments": {"a": </tool_call>x"#, content: "x", calls: [#"f:{"a": "#])
  }
}
