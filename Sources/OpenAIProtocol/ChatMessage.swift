package import ChatTemplate

/// A message of a conversation as chat templates read it.
package struct ChatMessage: Hashable, Sendable {
  /// Who speaks.
  package enum Role: String, CaseIterable, Hashable, Sendable {
    case system, developer, user, assistant, tool
  }

  package var role: Role
  /// The text; empty where an assistant only called tools.
  package var content: String
  /// What an assistant thought.
  package var reasoning: String?
  /// The calls that an assistant made, as OpenAI writes them, but for arguments as objects where they are JSON objects.
  package var toolCalls: [JSONValue]
  /// The call that a tool's message answers.
  package var toolCallID: String?
  /// A speaker's name.
  package var name: String?

  package init(_ role: Role, _ content: String) {
    self.role = role
    self.content = content
    toolCalls = []
  }

  /// - Throws: `APIError` for what is missing, of the wrong type, or something other than text.
  package init(_ fields: RequestFields) throws(APIError) {
    guard let role = try fields.word("role", Role.self) else {
      throw fields.mismatch("role", expected: Role.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", "))
    }
    self.role = role
    toolCalls = role == .assistant ? try Self.toolCalls(fields) : []
    let text = try Self.text(fields)
    guard let content = text ?? (role == .assistant ? "" : nil) else {
      throw fields.mismatch("content", expected: "a text or text parts")
    }
    self.content = content
    let otherReasoning = try fields.string("reasoning")
    reasoning = try fields.string("reasoning_content") ?? otherReasoning
    toolCallID = try fields.string("tool_call_id")
    name = try fields.string("name")
  }

  /// The message for a template: a developer is the system's voice.
  package var json: JSONValue {
    var message = JSONObject()
    message["role"] = .string(role == .developer ? Role.system.rawValue : role.rawValue)
    message["content"] = .string(content)
    message["name"] = name.map(JSONValue.string)
    message["reasoning_content"] = reasoning.map(JSONValue.string)
    if !toolCalls.isEmpty { message["tool_calls"] = .array(toolCalls) }
    message["tool_call_id"] = toolCallID.map(JSONValue.string)
    return .object(message)
  }

  private static func text(_ fields: RequestFields) throws(APIError) -> String? {
    guard let value = fields.value("content") else { return nil }
    if let text = value.stringValue { return text }
    guard let parts = value.arrayValue == nil ? nil : try fields.objects("content") else {
      throw fields.mismatch("content", expected: "a text or an array of text parts")
    }
    var texts: [String] = []
    for part in parts {
      let type = try part.requiredString("type")
      guard type == "text" || type == "refusal" else {
        throw part.error("type", "expected 'text'; this model reads text only")
      }
      texts.append(try part.requiredString(type))
    }
    return texts.joined()
  }

  private static func toolCalls(_ fields: RequestFields) throws(APIError) -> [JSONValue] {
    var calls: [JSONValue] = []
    for call in try fields.objects("tool_calls") ?? [] {
      guard let function = try call.fields("function") else { throw call.mismatch("function", expected: "an object") }
      let arguments = try function.string("arguments") ?? "{}"
      var json: JSONObject = ["type": "function"]
      json["id"] = try call.string("id").map(JSONValue.string)
      let parsed = try? JSONValue(parsing: arguments)
      json["function"] = [
        "name": .string(try function.requiredString("name")),
        "arguments": parsed?.objectValue.map(JSONValue.object) ?? .string(arguments),
      ]
      calls.append(.object(json))
    }
    return calls
  }
}
