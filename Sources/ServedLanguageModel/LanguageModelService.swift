import Clients
package import MILI
package import OpenAIProtocol
import ServedModels
package import Serving
import Throughput

/// A language model that answers requests: text in, text out.
///
/// Conversations become prompts by the model's own template, texts become tokens, and what the engine generates becomes
/// answers again.
package struct LanguageModelService: ServedModel {
  package let card: ModelCard
  package let isProgram = false
  let context: ModelContext
  package let engine: ServingEngine
  let rate = TokenRate()
  let preparations: PreparationQueue
  let grammars: GrammarCache
  /// Tokens of a page of the engine's cache.
  let pageSize: Int

  /// Serves a model by an engine that was made for it.
  ///
  /// - Parameters:
  ///   - pageSize: tokens of a page of the engine's cache.
  ///   - preparations: where what comes before answers is done; several models may share it.
  package init(
    _ card: ModelCard, _ context: ModelContext, _ engine: ServingEngine, pageSize: Int,
    preparations: PreparationQueue = PreparationQueue()
  ) {
    self.card = card
    self.context = context
    self.engine = engine
    self.pageSize = pageSize
    self.preparations = preparations
    grammars = GrammarCache(context.tokenizer, endTokens: context.model.stopTokens, preparations)
  }

  package func close(within limit: Duration) async {
    await engine.close(within: limit)
  }

  package func detokenize(_ tokens: [Int]) throws(APIError) -> String {
    if let place = tokens.firstIndex(where: { $0 >= context.tokenizer.vocabularySize }) {
      throw APIError(
        .invalidRequest,
        "'tokens[\(place)]': expected a number below \(context.tokenizer.vocabularySize), found \(tokens[place])",
        parameter: "tokens[\(place)]")
    }
    return context.tokenizer.decode(tokens: tokens)
  }

  package func tokenize(_ request: TokenizeRequest) async throws(APIError) -> [Int] {
    switch request.source {
    case .text(let text):
      return try await prepare(bytes: text.utf8.count, for: request.client) { () throws(APIError) in
        context.tokenizer.encode(text: text, matchAddedTokens: request.matchesMarks)
      }
    case .chat(let chat):
      return try await prepare(bytes: chat.byteCount, for: request.client) { () throws(APIError) in
        context.tokenizer.encode(text: try promptText(of: chat), addSpecialTokens: false)
      }
    }
  }
}
