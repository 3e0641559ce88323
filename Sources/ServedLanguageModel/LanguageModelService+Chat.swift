import MILI
package import OpenAIProtocol
package import ServedModels
import Serving

extension LanguageModelService {
  /// What a conversation becomes.
  struct ChatPrompt {
    var tokens: [Int]
    /// Where the answer begins.
    var start: AnswerParser.Start
  }

  package func answer(_ request: ChatRequest) async throws(APIError) -> AnswerStream {
    try refuseGrammars(request)
    let prompt = try prompt(of: request)
    let thinks = request.templateArguments["enable_thinking"]?.boolValue ?? true
    var form = AnswerBuilder.Form()
    form.parser = AnswerParser(prompt.start, findsCalls: request.tools.choice != .none)
    form.stops = request.generation.stop
    form.endsAfterCall = !request.tools.allowsSeveral
    let generation = try generationRequest(
      prompt.tokens, request.generation, request.origin, thinks: thinks, logProbabilities: request.logProbabilities)
    let answers = (0..<request.generation.count).map { PlannedAnswer(choice: $0, number: $0, generation, form) }
    return try await stream(answers, promptParameter: "messages")
  }

  /// The prompt that the template makes of a conversation.
  func prompt(of request: ChatRequest) throws(APIError) -> ChatPrompt {
    let offersTools = request.tools.choice != .none
    let text: String
    do {
      text = try context.tokenizer.renderChatTemplate(
        messages: request.messages.map(\.json), tools: offersTools ? request.tools.definitions.map(\.json) : nil,
        additionalContext: request.templateArguments)
    } catch {
      throw APIError(error)
    }
    return ChatPrompt(
      tokens: context.tokenizer.encode(text: text, addSpecialTokens: false),
      start: text.hasSuffix("<think>\n") ? .thought : .answer)
  }

  private func refuseGrammars(_ request: ChatRequest) throws(APIError) {
    guard request.responseFormat == .text else {
      throw APIError(
        .invalidRequest, "'response_format': expected 'text'; this model's answers cannot be held to a format",
        parameter: "response_format", code: "unsupported_parameter")
    }
    switch request.tools.choice {
    case .none, .automatic: return
    case .required, .function:
      throw APIError(
        .invalidRequest, "'tool_choice': expected 'none' or 'auto'; this model cannot be made to call a tool",
        parameter: "tool_choice", code: "unsupported_parameter")
    }
  }
}
