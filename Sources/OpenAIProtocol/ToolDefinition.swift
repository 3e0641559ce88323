package import ChatTemplate

/// A function that a model may call.
package struct ToolDefinition: Hashable, Sendable {
  package var name: String
  /// The JSON schema of its arguments; nil where there is none.
  package var parameters: JSONValue?
  /// Whether the arguments of each call must follow the schema: `strict`.
  package var isStrict: Bool
  /// The whole definition as it came, for the template; of a compiled program, the function that stands for it.
  package var json: JSONValue
  /// The model that a compiled program is served as, which the server executes in place; nil for a function of the client's.
  package var program: String?

  /// - Throws: `APIError` for another type of tool, or a name that is none.
  package init(_ fields: RequestFields, json: JSONValue) throws(APIError) {
    let type = try fields.requiredString("type")
    guard type == "function" || type == Self.programType else {
      throw fields.error("type", "expected 'function' or '\(Self.programType)', found '\(type.prefix(32))'")
    }
    guard let function = try fields.fields(type) else { throw fields.mismatch(type, expected: "an object") }
    name = try function.requiredString("name")
    guard (1...64).contains(name.utf8.count), name.utf8.allSatisfy(Self.isAllowed) else {
      throw function.error("name", "expected 1 to 64 letters, digits, '_' and '-'")
    }
    let description = try function.string("description")
    isStrict = try function.bool("strict") ?? false
    guard type == Self.programType else {
      parameters = try function.object("parameters").map(JSONValue.object)
      guard !isStrict || parameters.map({ $0["type"] == "object" }) ?? true else {
        throw function.error("parameters", "expected a schema of the type 'object', since 'strict' is true")
      }
      self.json = json
      return
    }
    program = try function.string("program") ?? "program/\(name)"
    parameters = Self.programParameters
    self.json = [
      "type": "function",
      "function": [
        "name": .string(name), "description": .string(description ?? ""), "parameters": Self.programParameters,
      ],
    ]
  }

  /// The type of tools that are programs the server executes itself.
  private static let programType = "compiled_program"

  /// What every program takes.
  private static let programParameters: JSONValue = [
    "type": "object", "properties": ["input": ["type": "string", "description": "What the program reads."]],
    "required": ["input"],
  ]

  private static func isAllowed(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}

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
    choice = try Self.choice(fields) ?? (definitions.isEmpty ? .none : .automatic)
    switch choice {
    case .none, .automatic: break
    case .required:
      guard !definitions.isEmpty else { throw fields.error("tool_choice", "expected 'tools' to choose from") }
    case .function(let name):
      guard definitions.contains(where: { $0.name == name }) else {
        throw fields.error("tool_choice", "expected the name of one of 'tools'")
      }
    }
  }

  private static func choice(_ fields: RequestFields) throws(APIError) -> ToolChoice? {
    guard let value = fields.value("tool_choice") else { return nil }
    switch value {
    case "none": return ToolChoice.none
    case "auto": return .automatic
    case "required": return .required
    default:
      guard value.objectValue != nil, let function = try fields.fields("tool_choice")?.fields("function") else {
        throw fields.mismatch("tool_choice", expected: "'none', 'auto', 'required' or a function")
      }
      return .function(try function.requiredString("name"))
    }
  }
}
