package import ChatTemplate

/// Answers to a completion request as OpenAI's JSON: whole, or in chunks.
package struct TextAnswerWriter: AnswerWriter {
  private let head: AnswerHead
  /// Whether each choice says how probable its tokens were.
  private let hasLogProbabilities: Bool
  /// Whether chunks have the member `usage`, null but in the last.
  private let includesUsage: Bool
  /// How many Unicode scalars of each answer the chunks have brought, which the tokens' offsets count from.
  private var offsets: [Int: Int] = [:]

  package init(_ head: AnswerHead, hasLogProbabilities: Bool = false, includesUsage: Bool = false) {
    self.head = head
    self.hasLogProbabilities = hasLogProbabilities
    self.includesUsage = includesUsage
  }

  package func response(_ answers: CollectedAnswers) -> JSONValue {
    var object = head.members("text_completion")
    let choices = answers.choices.enumerated().map { index, choice in
      self.choice(
        index, choice.content, logProbabilities(choice.logProbabilities, from: 0), choice.further,
        choice.finishReason)
    }
    object["choices"] = .array(choices)
    object["usage"] = answers.usage.json
    return .object(object)
  }

  package func beginning(ofChoice index: Int) -> JSONValue? { nil }

  package mutating func chunk(_ delta: AnswerDelta) -> JSONValue {
    var object = head.members("text_completion")
    let offset = offsets[delta.choice, default: 0]
    offsets[delta.choice] = offset + delta.logProbabilities.reduce(0) { $0 + $1.chosen.scalarCount }
    object["choices"] = [
      choice(
        delta.choice, delta.content, logProbabilities(delta.logProbabilities, from: offset), delta.further,
        delta.finishReason)
    ]
    if includesUsage { object["usage"] = .null }
    return .object(object)
  }

  package func chunk(_ usage: Usage) -> JSONValue {
    var object = head.members("text_completion")
    object["choices"] = []
    object["usage"] = usage.json
    return .object(object)
  }

  private func choice(
    _ index: Int, _ text: String, _ logProbabilities: JSONValue, _ further: JSONObject,
    _ finishReason: FinishReason?
  ) -> JSONValue {
    let members: JSONObject = [
      "index": .integer(index), "text": .string(text), "logprobs": logProbabilities,
      "finish_reason": finishReason.json,
    ]
    return .object(members.adding(further))
  }

  /// - Parameter offset: where in the answer, in Unicode scalars, the first token begins.
  private func logProbabilities(_ tokens: [TokenLogProbability], from offset: Int) -> JSONValue {
    guard hasLogProbabilities else { return .null }
    var offset = offset
    var offsets: [JSONValue] = []
    for token in tokens {
      offsets.append(.integer(offset))
      offset += token.chosen.scalarCount
    }
    return [
      "tokens": .array(tokens.map { .string($0.chosen.name) }),
      "token_logprobs": .array(tokens.map(\.chosen.number)), "top_logprobs": .array(tokens.map(best)),
      "text_offset": .array(offsets),
    ]
  }

  /// The most probable tokens by name; of those with the same name the most probable.
  private func best(of token: TokenLogProbability) -> JSONValue {
    var object: JSONObject = [:]
    for candidate in token.best.sorted(by: { $0.logProbability > $1.logProbability })
    where object[candidate.name] == nil {
      object[candidate.name] = candidate.number
    }
    return .object(object)
  }
}

extension TokenLogProbability.Candidate {
  /// The Unicode scalars that begin in the token: one that several tokens write counts for the first of them.
  fileprivate var scalarCount: Int { bytes.count { !UTF8.isContinuation($0) } }

  /// What tells the token from others where they are told by their texts: bytes that are no text alone are spelled out as OpenAI
  /// does, `bytes:\xf0\x9f`.
  fileprivate var name: String {
    String(validating: bytes, as: UTF8.self)
      ?? "bytes:" + bytes.map { "\\x" + String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }
}
