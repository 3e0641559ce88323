package import ChatTemplate

/// Answers to a chat request as OpenAI's JSON: whole, or in chunks.
package struct ChatAnswerWriter: AnswerWriter {
  private let head: AnswerHead
  /// Whether each choice says how probable its tokens were.
  private let hasLogProbabilities: Bool
  /// Whether chunks have the member `usage`, null but in the last.
  private let includesUsage: Bool

  package init(_ head: AnswerHead, hasLogProbabilities: Bool = false, includesUsage: Bool = false) {
    self.head = head
    self.hasLogProbabilities = hasLogProbabilities
    self.includesUsage = includesUsage
  }

  package func response(_ answers: CollectedAnswers) -> JSONValue {
    var object = head.members("chat.completion")
    let choices = answers.choices.enumerated().map { index, choice -> JSONValue in
      let members: JSONObject = [
        "index": .integer(index), "message": message(choice),
        "logprobs": logProbabilities(choice.logProbabilities),
        "finish_reason": choice.finishReason.json,
      ]
      return .object(members.adding(choice.further))
    }
    object["choices"] = .array(choices)
    object["usage"] = answers.usage.json
    return .object(object)
  }

  package func beginning(ofChoice index: Int) -> JSONValue? {
    chunk(index, ["role": "assistant", "content": ""], logProbabilities: [], finishReason: nil)
  }

  package func chunk(_ delta: AnswerDelta) -> JSONValue {
    var object: JSONObject = [:]
    if !delta.reasoning.isEmpty { object["reasoning_content"] = .string(delta.reasoning) }
    if !delta.content.isEmpty { object["content"] = .string(delta.content) }
    if !delta.toolCalls.isEmpty { object["tool_calls"] = .array(delta.toolCalls.map(\.json)) }
    return chunk(
      delta.choice, object, logProbabilities: delta.logProbabilities, further: delta.further,
      finishReason: delta.finishReason)
  }

  package func chunk(_ usage: Usage) -> JSONValue {
    var object = head.members("chat.completion.chunk")
    object["choices"] = []
    object["usage"] = usage.json
    return .object(object)
  }

  private func chunk(
    _ index: Int, _ delta: JSONObject, logProbabilities tokens: [TokenLogProbability], further: JSONObject = [:],
    finishReason: FinishReason?
  ) -> JSONValue {
    var object = head.members("chat.completion.chunk")
    let choice: JSONObject = [
      "index": .integer(index), "delta": .object(delta), "logprobs": logProbabilities(tokens),
      "finish_reason": finishReason.json,
    ]
    object["choices"] = [.object(choice.adding(further))]
    if includesUsage { object["usage"] = .null }
    return .object(object)
  }

  private func message(_ choice: CollectedAnswers.Choice) -> JSONValue {
    var message: JSONObject = ["role": "assistant"]
    message["content"] = choice.content.isEmpty && !choice.toolCalls.isEmpty ? .null : .string(choice.content)
    message["refusal"] = .null
    if !choice.reasoning.isEmpty { message["reasoning_content"] = .string(choice.reasoning) }
    if !choice.toolCalls.isEmpty { message["tool_calls"] = .array(choice.toolCalls.map(\.json)) }
    return .object(message)
  }

  private func logProbabilities(_ tokens: [TokenLogProbability]) -> JSONValue {
    guard hasLogProbabilities else { return .null }
    return ["content": .array(tokens.map(\.json)), "refusal": .null]
  }
}

extension JSONObject {
  /// The same with further members.
  func adding(_ further: JSONObject) -> JSONObject {
    var object = self
    for (name, value) in further { object[name] = value }
    return object
  }
}

extension FinishReason? {
  /// The reason's name; null where there is none yet.
  var json: JSONValue { map { .string($0.rawValue) } ?? .null }
}

extension ToolCallDelta {
  fileprivate var json: JSONValue {
    var object: JSONObject = ["index": .integer(index)]
    var function: JSONObject = [:]
    if let beginning {
      object["id"] = .string(beginning.id)
      object["type"] = "function"
      function["name"] = .string(beginning.name)
    }
    function["arguments"] = .string(arguments)
    object["function"] = .object(function)
    return .object(object)
  }
}

extension CollectedAnswers.ToolCall {
  fileprivate var json: JSONValue {
    [
      "id": .string(id), "type": "function",
      "function": ["name": .string(name), "arguments": .string(arguments)],
    ]
  }
}
