package import ChatTemplate

/// What an answer has to be.
package enum ResponseFormat: Hashable, Sendable {
  /// Any text.
  case text
  /// A JSON object.
  case jsonObject
  /// JSON of a schema; where it is strict, what cannot be held to is refused.
  case jsonSchema(JSONValue, isStrict: Bool)

  private enum Name: String, CaseIterable {
    case text
    case jsonObject = "json_object"
    case jsonSchema = "json_schema"
  }

  /// The format that a request asks for.
  ///
  /// - Throws: `APIError` for what is none.
  package init(_ request: RequestFields) throws(APIError) {
    guard let fields = try request.fields("response_format") else {
      self = .text
      return
    }
    switch try fields.word("type", Name.self) {
    case .text: self = .text
    case .jsonObject: self = .jsonObject
    case .jsonSchema:
      guard let definition = try fields.fields("json_schema") else {
        throw fields.mismatch("json_schema", expected: "an object")
      }
      _ = try definition.string("name")
      guard let schema = definition.value("schema"), schema.objectValue != nil || schema.boolValue != nil else {
        throw definition.mismatch("schema", expected: "a JSON schema")
      }
      self = .jsonSchema(schema, isStrict: try definition.bool("strict") ?? false)
    case nil: throw fields.mismatch("type", expected: "'text', 'json_object' or 'json_schema'")
    }
  }
}
