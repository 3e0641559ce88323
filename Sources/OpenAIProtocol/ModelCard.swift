package import ChatTemplate

/// What `/v1/models` says of a model.
package struct ModelCard: Hashable, Sendable {
  package var id: String
  /// Since when it is served, in seconds since 1970.
  package var created: Int
  package var owner: String
  /// The most positions of a prompt and its answer; nil where there is no such limit.
  package var longestSequence: Int?

  package init(id: String, created: Int, owner: String, longestSequence: Int? = nil) {
    self.id = id
    self.created = created
    self.owner = owner
    self.longestSequence = longestSequence
  }

  package var json: JSONValue {
    var object: JSONObject = [
      "id": .string(id), "object": "model", "created": .integer(created), "owned_by": .string(owner),
    ]
    object["max_model_len"] = longestSequence.map(JSONValue.integer)
    return .object(object)
  }
}
