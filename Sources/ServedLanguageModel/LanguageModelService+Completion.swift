import MILI
package import OpenAIProtocol
package import ServedModels
import Serving

extension LanguageModelService {
  /// The most answers to one request, all prompts together.
  private static let mostAnswers = 512

  package func complete(_ request: CompletionRequest) async throws(APIError) -> AnswerStream {
    let count = request.generation.count
    guard request.prompts.count * count <= Self.mostAnswers else {
      throw APIError(
        .invalidRequest, "'n': expected at most \(Self.mostAnswers) answers, all prompts together", parameter: "n")
    }
    var fields = request.generation
    fields.maxTokens = fields.maxTokens ?? CompletionRequest.defaultMaxTokens
    var form = AnswerBuilder.Form()
    form.stops = request.generation.stop
    var answers: [PlannedAnswer] = []
    for (prompt, tokens) in zip(request.prompts, try await tokens(of: request)) {
      let generation = try generationRequest(
        tokens, fields, request.origin, thinks: true, logProbabilities: request.logProbabilities)
      let echo = request.echoes ? text(of: prompt) : ""
      for number in 0..<count {
        answers.append(PlannedAnswer(choice: answers.count, number: number, generation, form, echo: echo))
      }
    }
    return try await stream(answers, promptParameter: "prompt")
  }

  /// The tokens of each prompt.
  private func tokens(of request: CompletionRequest) async throws(APIError) -> [[Int]] {
    let byteCount = request.prompts.reduce(0) { $0 + $1.byteCount }
    return try await prepare(bytes: byteCount, for: request.origin.client) { () throws(APIError) in
      try request.prompts.map { (prompt) throws(APIError) in
        switch prompt {
        case .text(let text): try tokens(ofPrompt: text, "prompt")
        case .tokens(let tokens): tokens
        }
      }
    }
  }

  private func text(of prompt: CompletionRequest.Prompt) -> String {
    switch prompt {
    case .text(let text): text
    case .tokens(let tokens): context.tokenizer.decode(tokens: tokens)
    }
  }
}

extension CompletionRequest.Prompt {
  /// How many bytes are to become tokens.
  fileprivate var byteCount: Int {
    switch self {
    case .text(let text): text.utf8.count
    case .tokens: 0
    }
  }
}
