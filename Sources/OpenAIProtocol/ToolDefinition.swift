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
    let function = try Self.function(fields)
    name = try function.requiredString("name")
    guard (1...64).contains(name.utf8.count), name.utf8.allSatisfy(Self.isAllowed) else {
      throw function.error("name", "expected 1 to 64 letters, digits, '_' and '-'")
    }
    let description = try function.string("description")
    isStrict = try function.bool("strict") ?? false
    guard fields.value("type")?.stringValue == Self.programType else {
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

  /// What an object says of a tool, or of which tool: the member that is called like its type.
  ///
  /// - Throws: `APIError` for another type of tool.
  static func function(_ fields: RequestFields) throws(APIError) -> RequestFields {
    let type = try fields.requiredString("type")
    guard type == "function" || type == programType else {
      throw fields.error("type", "expected 'function' or '\(programType)', found '\(type.prefix(32))'")
    }
    guard let function = try fields.fields(type) else { throw fields.mismatch(type, expected: "an object") }
    return function
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
