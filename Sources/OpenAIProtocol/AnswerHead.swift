package import ChatTemplate

/// What all objects that answer one request have in common.
package struct AnswerHead: Hashable, Sendable {
  /// A name of its own.
  package var id: String
  /// When it was begun, in seconds since 1970.
  package var created: Int
  /// The model that answers.
  package var model: String

  package init(id: String, created: Int, model: String) {
    self.id = id
    self.created = created
    self.model = model
  }

  /// The common members of an object of a type.
  func members(_ type: String) -> JSONObject {
    ["id": .string(id), "object": .string(type), "created": .integer(created), "model": .string(model)]
  }
}

extension Usage {
  package var json: JSONValue {
    [
      "prompt_tokens": .integer(promptTokens), "completion_tokens": .integer(completionTokens),
      "total_tokens": .integer(promptTokens + completionTokens),
      "prompt_tokens_details": ["cached_tokens": .integer(cachedTokens)],
      "completion_tokens_details": ["reasoning_tokens": .integer(reasoningTokens)],
    ]
  }
}
