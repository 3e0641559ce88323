package import ChatTemplate

/// What a stream of answers to one request brings.
package enum AnswerPart: Hashable, Sendable {
  /// More of one answer.
  case delta(AnswerDelta)
  /// What all answers took; the last element.
  case usage(Usage)
}

/// More of one answer.
package struct AnswerDelta: Hashable, Sendable {
  /// Which of the request's answers.
  package var choice: Int
  /// Text of the answer.
  package var content = ""
  /// What the model thinks before it answers.
  package var reasoning = ""
  package var toolCalls: [ToolCallDelta] = []
  /// The tokens that the answer went on with, where they were asked for.
  package var logProbabilities: [TokenLogProbability] = []
  /// What only some models say, as further members of the choice: texts are continued, other values replaced.
  package var further: JSONObject = [:]
  /// Why the answer ends here; nil where it goes on.
  package var finishReason: FinishReason?

  package init(choice: Int) {
    self.choice = choice
  }

  /// Whether there is nothing to send.
  package var isEmpty: Bool {
    content.isEmpty && reasoning.isEmpty && toolCalls.isEmpty && logProbabilities.isEmpty && further.isEmpty
      && finishReason == nil
  }
}

/// More of a call of a tool: first its name, then its arguments, piece by piece.
package struct ToolCallDelta: Hashable, Sendable {
  /// Which of the answer's calls: what a client is sent begins at 0 and leaves none out.
  package var index: Int
  /// The call's id and the tool's name, at its beginning.
  package var beginning: Beginning?
  /// More of the arguments, as JSON text.
  package var arguments: String

  /// What a call begins with.
  package struct Beginning: Hashable, Sendable {
    package var id: String
    package var name: String

    package init(id: String, name: String) {
      self.id = id
      self.name = name
    }
  }

  package init(index: Int, beginning: Beginning? = nil, arguments: String = "") {
    self.index = index
    self.beginning = beginning
    self.arguments = arguments
  }
}

/// Why an answer ended.
package enum FinishReason: String, Hashable, Sendable {
  /// The model ended it, or a text or token that ends it came.
  case stop
  /// It has its most tokens, or there was no more room.
  case length
  /// The model waits for what its tools return.
  case toolCalls = "tool_calls"
}

/// What a request took.
package struct Usage: Hashable, Sendable {
  package var promptTokens = 0
  /// Tokens of the prompts that did not have to be computed.
  package var cachedTokens = 0
  package var completionTokens = 0
  /// Tokens of the completions that were thoughts.
  package var reasoningTokens = 0

  package init() {}

  /// Adds what other answers took.
  package mutating func add(_ other: Usage) {
    promptTokens += other.promptTokens
    cachedTokens += other.cachedTokens
    completionTokens += other.completionTokens
    reasoningTokens += other.reasoningTokens
  }
}
