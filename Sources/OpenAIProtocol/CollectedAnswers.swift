package import ChatTemplate

/// All answers to a request, put together from their parts.
package struct CollectedAnswers: Hashable, Sendable {
  /// One whole answer.
  package struct Choice: Hashable, Sendable {
    package var content = ""
    package var reasoning = ""
    package var toolCalls: [ToolCall] = []
    package var logProbabilities: [TokenLogProbability] = []
    package var further: JSONObject = [:]
    package var finishReason: FinishReason?
  }

  /// A whole call of a tool.
  package struct ToolCall: Hashable, Sendable {
    package var id: String
    package var name: String
    package var arguments: String
  }

  package private(set) var choices: [Choice]
  package private(set) var usage = Usage()

  /// Room for so many answers.
  package init(count: Int) {
    choices = Array(repeating: Choice(), count: count)
  }

  /// Takes the next part; those of answers that there is no room for are left out.
  package mutating func append(_ part: AnswerPart) {
    switch part {
    case .usage(let usage): self.usage = usage
    case .delta(let delta):
      guard choices.indices.contains(delta.choice) else { return }
      choices[delta.choice].append(delta)
    }
  }
}

extension CollectedAnswers.Choice {
  fileprivate mutating func append(_ delta: AnswerDelta) {
    content += delta.content
    reasoning += delta.reasoning
    logProbabilities += delta.logProbabilities
    finishReason = delta.finishReason ?? finishReason
    for (name, value) in delta.further {
      if let begun = further[name]?.stringValue, let more = value.stringValue {
        further[name] = .string(begun + more)
      } else {
        further[name] = value
      }
    }
    for call in delta.toolCalls {
      if let beginning = call.beginning {
        toolCalls.append(.init(id: beginning.id, name: beginning.name, arguments: call.arguments))
      } else if toolCalls.indices.contains(call.index) {
        toolCalls[call.index].arguments += call.arguments
      }
    }
  }
}
