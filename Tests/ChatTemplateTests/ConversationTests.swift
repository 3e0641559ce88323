import ChatTemplate
import Foundation
import Testing

@Suite struct ConversationTests {
  @Test func keysKeepTheCallersOrder() throws {
    let template = try ChatTemplate("{{ tools[0] | tojson }}")
    let tool: JSONValue = ["zeta": 1, "alpha": ["y": true, "b": nil, "a": [1.0, 2]], "type": "function"]
    let text = try template.render(messages: [], tools: [tool])
    #expect(text == #"{"zeta": 1, "alpha": {"y": true, "b": null, "a": [1.0, 2]}, "type": "function"}"#)
  }

  @Test func nullMembersOfMessagesAreAbsent() throws {
    let template = try ChatTemplate("{% for m in messages %}{{ m.content is defined }}{{ m | length }} {% endfor %}")
    let messages: [JSONValue] = [["role": "a", "content": nil], ["role": "b", "content": ""]]
    let text = try template.render(messages: messages)
    #expect(text == "False1 True2 ")
  }

  @Test(arguments: ["reasoning", "thinking", "reasoning_content"])
  func reasoningIsFoundUnderItsStandardName(_ name: String) throws {
    let template = try ChatTemplate("{{ messages[0].reasoning_content }}|{{ messages[0].thinking }}")
    let members: [(String, JSONValue)] = [("role", "assistant"), (name, "because")]
    let text = try template.render(messages: [.object(JSONObject(members))])
    #expect(text == "because|because")
  }

  @Test func additionalContextTakesPrecedence() throws {
    let template = try ChatTemplate("{{ add_generation_prompt }}{{ enable_thinking }}{{ tools is none }}")
    #expect(try template.render(messages: [], additionalContext: ["enable_thinking": false]) == "TrueFalseTrue")
    let context: JSONObject = ["add_generation_prompt": "mine", "enable_thinking": 1]
    #expect(try template.render(messages: [], additionalContext: context) == "mine1True")
  }

  @Test func timeIsTheCallers() throws {
    let template = try ChatTemplate("{{ strftime_now('%Y-%m') }}")
    // Noon on 15 June 2004, in the same month everywhere.
    #expect(try template.render(messages: [], now: Date(timeIntervalSince1970: 1_087_300_800)) == "2004-06")
  }

  @Test(.enabled(if: Fixture.qwen3 != nil, Comment(rawValue: Fixture.qwen3Comment)))
  func qwen3ThinksUnlessToldNotTo() throws {
    let template = try ChatTemplate(try #require(Fixture.qwen3))
    let messages: [JSONValue] = [["role": "user", "content": "Hi"]]
    let prompt = "<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n"
    #expect(try template.render(messages: messages) == prompt)
    #expect(try template.render(messages: messages, additionalContext: ["enable_thinking": true]) == prompt)
    let quiet = try template.render(messages: messages, additionalContext: ["enable_thinking": false])
    #expect(quiet == prompt + "<think>\n\n</think>\n\n")
    #expect(try template.render(messages: messages, addGenerationPrompt: false) == "<|im_start|>user\nHi<|im_end|>\n")
  }
}
