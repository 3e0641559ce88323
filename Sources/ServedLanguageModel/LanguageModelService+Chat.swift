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
    let prompt = try prompt(of: request)
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
    if let constraint = try constraint(request, prompt.start) { generation.processors.append(constraint) }
    let planned = generation
    let answers = (0..<request.generation.count).map { PlannedAnswer(choice: $0, number: $0, planned, form) }
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
      start: text.hasSuffix("<think>\n") || text.hasSuffix("<think>") ? .thought : .answer)
  }
}
