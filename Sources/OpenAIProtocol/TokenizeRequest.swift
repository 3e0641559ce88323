package import Clients
import ChatTemplate

/// A request for the tokens of a text or of a conversation: the body of `/tokenize`.
package struct TokenizeRequest: Hashable, Sendable {
  /// What has tokens.
  package enum Source: Hashable, Sendable {
    case text(String)
    case chat(ChatRequest)
  }

  package var model: String?
  package var source: Source
  /// Whether marks such as `<|im_end|>` in a text are tokens rather than spelled out.
  package var matchesMarks = true
  /// What only compiled programs take.
  package var program = ProgramFields()
  /// Who asks.
  package var client = Client()

  /// - Throws: `APIError`, which names the first parameter that is not as expected.
  package init(_ fields: RequestFields) throws(APIError) {
    model = try fields.string("model")
    matchesMarks = try fields.bool("add_special_tokens") ?? true
    program = try ProgramFields(fields)
    if let text = try fields.string("prompt") {
      source = .text(text)
    } else if let messages = try fields.objects("messages") {
      var request = ChatRequest(model: model ?? "", messages: [])
      for message in messages { request.messages.append(try ChatMessage(message)) }
      request.tools = try ToolUse(fields)
      request.templateArguments = try ChatRequest.templateArguments(fields)
      source = .chat(request)
    } else {
      throw fields.mismatch("prompt", expected: "a text, or 'messages'")
    }
  }
}

/// A request for the text of tokens: the body of `/detokenize`.
package struct DetokenizeRequest: Hashable, Sendable {
  package var model: String?
  package var tokens: [Int]

  /// - Throws: `APIError`, which names the first parameter that is not as expected.
  package init(_ fields: RequestFields) throws(APIError) {
    model = try fields.string("model")
    guard let tokens = try fields.tokens("tokens") else {
      throw fields.mismatch("tokens", expected: "an array of token numbers")
    }
    self.tokens = tokens
  }
}
