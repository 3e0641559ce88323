import ChatTemplate

/// Whether, and which, tools are to be called.
package enum ToolChoice: Hashable, Sendable {
  /// None.
  case none
  /// As the model likes.
  case automatic
  /// At least one, whichever.
  case required
  /// This one.
  case function(String)
}

/// The tools of a request.
package struct ToolUse: Hashable, Sendable {
  package var definitions: [ToolDefinition] = []
  package var choice = ToolChoice.none
  /// Whether an answer may call several.
  package var allowsSeveral = true

  package init() {}

  /// - Throws: `APIError` for what is malformed, and choices of tools that are not there.
  package init(_ fields: RequestFields) throws(APIError) {
    for name in ["functions", "function_call"] where fields.value(name) != nil {
      throw fields.error(name, "expected 'tools' and 'tool_choice' in its place", code: "unsupported_parameter")
    }
    let elements = try fields.array("tools") ?? []
    for (tool, json) in zip(try fields.objects("tools") ?? [], elements) {
      let definition = try ToolDefinition(tool, json: json)
      guard !definitions.contains(where: { $0.name == definition.name }) else {
        throw tool.error("function.name", "expected another name; '\(definition.name)' is taken")
      }
      definitions.append(definition)
    }
    allowsSeveral = try fields.bool("parallel_tool_calls") ?? true
    let allowed = try Self.allowed(fields)
    if let allowed { try keep(allowed) }
    choice = try Self.choice(fields, allowed) ?? .automatic
    switch choice {
    case .none: break
    case .automatic: if definitions.isEmpty { choice = .none }
    case .required:
      guard !definitions.isEmpty else { throw fields.error("tool_choice", "expected 'tools' to choose from") }
    case .function(let name):
      guard definitions.contains(where: { $0.name == name }) else {
        throw fields.error("tool_choice", "expected the name of one of 'tools'")
      }
    }
  }

  /// The part of `tool_choice` that names the only tools that may be called; nil where it names none.
  private static func allowed(_ fields: RequestFields) throws(APIError) -> RequestFields? {
    guard fields.value("tool_choice")?["type"] == "allowed_tools", let choice = try fields.fields("tool_choice") else {
      return nil
    }
    guard let allowed = try choice.fields("allowed_tools") else {
      throw choice.mismatch("allowed_tools", expected: "an object")
    }
    return allowed
  }

  /// Leaves out all tools but those that are named, so that the model does not see them either.
  private mutating func keep(_ allowed: RequestFields) throws(APIError) {
    var names: Set<String> = []
    for tool in try allowed.objects("tools") ?? [] {
      let name = try ToolDefinition.function(tool).requiredString("name")
      guard definitions.contains(where: { $0.name == name }) else {
        throw allowed.error("tools", "expected names of the request's 'tools', found '\(name.prefix(64))'")
      }
      names.insert(name)
    }
    guard !names.isEmpty else { throw allowed.mismatch("tools", expected: "at least one tool") }
    definitions.removeAll { !names.contains($0.name) }
  }

  private static func choice(_ fields: RequestFields, _ allowed: RequestFields?) throws(APIError) -> ToolChoice? {
    guard let value = fields.value("tool_choice") else { return nil }
    switch value {
    case "none": return ToolChoice.none
    case "auto": return .automatic
    case "required": return .required
    default: break
    }
    if let allowed {
      guard let mode = try allowed.word("mode", AllowedMode.self) else {
        throw allowed.mismatch("mode", expected: "'auto' or 'required'")
      }
      return mode == .auto ? .automatic : .required
    }
    guard value.objectValue != nil, let choice = try fields.fields("tool_choice") else {
      throw fields.mismatch("tool_choice", expected: "'none', 'auto', 'required', a function or 'allowed_tools'")
    }
    return .function(try ToolDefinition.function(choice).requiredString("name"))
  }

  /// How tools that are allowed are called.
  private enum AllowedMode: String, CaseIterable {
    case auto, required
  }
}
