public import ChatTemplate

extension Tokenizer {
  /// The token ids of a conversation, by the model's own chat template.
  ///
  /// ```swift
  /// let ids = try tokenizer.applyChatTemplate(
  ///   messages: [["role": "user", "content": "Hello"]], additionalContext: ["enable_thinking": false])
  /// ```
  ///
  /// - Parameter messages: objects with `role`, `content` and the like, in order.
  /// - Parameter tools: the functions that the model may call, as JSON schemas; nil for none.
  /// - Parameter addGenerationPrompt: whether the text ends where the model's answer begins.
  /// - Parameter additionalContext: further variables of the template.
  /// - Throws: when the folder has no chat template, or the template is malformed or refuses the messages.
  public func applyChatTemplate(
    messages: [JSONValue], tools: [JSONValue]? = nil, addGenerationPrompt: Bool = true,
    additionalContext: JSONObject = [:]
  ) throws(TokenizerError) -> [Int] {
    let text = try renderChatTemplate(
      messages: messages, tools: tools, addGenerationPrompt: addGenerationPrompt, additionalContext: additionalContext)
    return encode(text: text, addSpecialTokens: false)
  }

  /// The text of a conversation, which `applyChatTemplate` encodes.
  /// - Throws: as `applyChatTemplate`.
  public func renderChatTemplate(
    messages: [JSONValue], tools: [JSONValue]? = nil, addGenerationPrompt: Bool = true,
    additionalContext: JSONObject = [:]
  ) throws(TokenizerError) -> String {
    guard let source = configuration.chatTemplate(hasTools: tools != nil) else {
      throw TokenizerError(
        kind: .chatTemplate, file: configuration.folder ?? "tokenizer",
        message: "expected a chat template in chat_template.jinja or tokenizer_config.json, found none")
    }
    var context = configuration.specialTokens
    for (name, value) in additionalContext { context[name] = value }
    do {
      return try source.template.get().render(
        messages: messages, tools: tools, addGenerationPrompt: addGenerationPrompt, additionalContext: context)
    } catch {
      throw TokenizerError(kind: .chatTemplate, file: source.path, message: "chat template, \(error)")
    }
  }
}
