package import ChatTemplate

/// A request to go on with a conversation: the body of `/v1/chat/completions`.
package struct ChatRequest: Hashable, Sendable {
  package var model: String
  package var messages: [ChatMessage]
  package var tools = ToolUse()
  package var responseFormat = ResponseFormat.text
  /// Further variables of the chat template, such as `enable_thinking`.
  package var templateArguments: JSONObject = [:]
  /// With how many of the most probable tokens each token is told; nil for none.
  package var logProbabilities: Int?
  package var generation = GenerationFields()
  /// What only compiled programs take.
  package var program = ProgramFields()
  package var origin = RequestOrigin()

  package init(model: String, messages: [ChatMessage]) {
    self.model = model
    self.messages = messages
  }

  /// - Throws: `APIError`, which names the first parameter that is not as expected.
  package init(_ fields: RequestFields) throws(APIError) {
    model = try fields.requiredString("model")
    messages = []
    for message in try fields.objects("messages") ?? [] { messages.append(try ChatMessage(message)) }
    guard !messages.isEmpty else { throw fields.mismatch("messages", expected: "at least one message") }
    try Self.refuse(fields)
    tools = try ToolUse(fields)
    responseFormat = try ResponseFormat(fields)
    templateArguments = try Self.templateArguments(fields)
    logProbabilities = try Self.logProbabilities(fields)
    generation = try GenerationFields(fields)
    let limit = try fields.integer("max_completion_tokens", in: 1 ... .max)
    generation.maxTokens = limit ?? generation.maxTokens
    program = try ProgramFields(fields)
    origin = try RequestOrigin(fields)
  }

  /// Refuses what would change the answer and is not there.
  private static func refuse(_ fields: RequestFields) throws(APIError) {
    for name in ["audio", "web_search_options"] where fields.value(name) != nil {
      throw fields.error(name, "not supported; expected none", code: "unsupported_parameter")
    }
    if let modalities = try fields.array("modalities"), modalities != ["text"] {
      throw fields.error("modalities", "expected [\"text\"]", code: "unsupported_parameter")
    }
  }

  /// The variables that a request sets for the template.
  static func templateArguments(_ fields: RequestFields) throws(APIError) -> JSONObject {
    var arguments = try fields.object("chat_template_kwargs") ?? [:]
    for name in ["messages", "tools", "add_generation_prompt"] where arguments[name] != nil {
      throw fields.error("chat_template_kwargs", "expected no '\(name)', which the request says elsewhere")
    }
    if let thinking = try fields.bool("enable_thinking") { arguments["enable_thinking"] = .bool(thinking) }
    return arguments
  }

  private static func logProbabilities(_ fields: RequestFields) throws(APIError) -> Int? {
    let isWanted = try fields.bool("logprobs") ?? false
    let count = try fields.integer("top_logprobs", in: 0...20)
    guard isWanted || count ?? 0 == 0 else {
      throw fields.error("top_logprobs", "expected only where 'logprobs' is true")
    }
    return isWanted ? count ?? 0 : nil
  }
}
