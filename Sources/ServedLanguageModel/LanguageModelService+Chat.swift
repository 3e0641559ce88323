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
    let prompt = try await prepare(bytes: request.byteCount, for: request.origin.client) { () throws(APIError) in
      try self.prompt(of: request)
    }
    let thinks = request.templateArguments["enable_thinking"]?.boolValue ?? true
    var form = AnswerBuilder.Form()
    // JSON that was asked for is not searched for calls, whatever its texts say.
    let mayCall = request.tools.choice != .automatic || request.responseFormat == .text
    form.parser = AnswerParser(prompt.start, findsCalls: request.tools.choice != .none && mayCall)
    form.stops = request.generation.stop
    form.endsAfterCall = !request.tools.allowsSeveral
    var generation = try generationRequest(
      prompt.tokens, request.generation, request.origin, thinks: thinks, logProbabilities: request.logProbabilities)
    // Last, so that nothing takes back what it forbids.
    if let constraint = try await constraint(request, prompt.start) { generation.processors.append(constraint) }
    let planned = generation
    let answers = (0..<request.generation.count).map { PlannedAnswer(choice: $0, number: $0, planned, form) }
    return try await stream(answers, promptParameter: "messages")
  }

  /// The prompt that the template makes of a conversation.
  private func prompt(of request: ChatRequest) throws(APIError) -> ChatPrompt {
    let text = try promptText(of: request)
    return ChatPrompt(
      tokens: try tokens(ofPrompt: text, addSpecialTokens: false, "messages"),
      start: text.hasSuffix("<think>\n") || text.hasSuffix("<think>") ? .thought : .answer)
  }

  /// The text that the template makes of a conversation.
  func promptText(of request: ChatRequest) throws(APIError) -> String {
    let offersTools = request.tools.choice != .none
    do {
      return try context.tokenizer.renderChatTemplate(
        messages: request.messages.map(\.json), tools: offersTools ? request.tools.definitions.map(\.json) : nil,
        additionalContext: request.templateArguments)
    } catch {
      throw APIError(error)
    }
  }
}
