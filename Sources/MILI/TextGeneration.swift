public import LanguageModel
import Tokenizer

/// What a stream of generated text brings.
public enum Generation: Sendable {
  /// The next piece of text, never empty.
  case chunk(String)
  /// What the generation took; the last element.
  case info(GenerateCompletionInfo)

  /// The piece of text, if this is one.
  public var chunk: String? {
    if case .chunk(let text) = self { text } else { nil }
  }

  /// What the generation took, if this says it.
  public var info: GenerateCompletionInfo? {
    if case .info(let info) = self { info } else { nil }
  }
}

/// Generates text as a stream of chunks, which ends with an info. Dropping the stream stops the computation after the
/// current token.
///
/// ```swift
/// let prompt = try context.tokenizer.applyChatTemplate(messages: [["role": "user", "content": "Hello"]])
/// for try await part in generate(prompt: prompt, context: context) {
///   if let text = part.chunk { print(text, terminator: "") }
/// }
/// ```
///
/// - Parameters:
///   - prompt: the tokens that the text goes on from, at least one.
///   - cache: what was computed of a beginning of the prompt, which is then not computed again; it is advanced.
///   - parameters: how tokens are chosen; by default as the checkpoint recommends.
/// - Throws: from the stream, `LanguageModelError` for parameters outside their ranges, tokens outside the vocabulary and
///   prompts longer than the cache's limit.
public func generate(
  prompt: [Int], cache: KeyValueCache? = nil, parameters: GenerateParameters? = nil, context: ModelContext
) -> AsyncThrowingStream<Generation, any Error> {
  AsyncThrowingStream { continuation in
    let task = Task.detached(executorPreference: GenerationExecutor.own()) {
      continuation.finishing { () throws(LanguageModelError) in
        try context.generate(
          from: prompt, cache: cache ?? context.model.makeCache(),
          parameters: parameters ?? context.model.recommendedParameters
        ) { continuation.yield($0) }
      }
    }
    continuation.onTermination = { _ in task.cancel() }
  }
}

extension ModelContext {
  /// Generates on the calling thread until the text ends or the task is cancelled.
  ///
  /// - Parameter tokens: called with each token, before the text that it completes is received.
  /// - Parameter receive: called with each piece of text, and at last with the info.
  func generate(
    from prompt: [Int], cache: KeyValueCache, parameters: GenerateParameters, tokens: (Int) -> Void = { _ in },
    receive: (Generation) -> Void
  ) throws(LanguageModelError) {
    var decoder = tokenizer.streamingDecoder(skipSpecialTokens: true)
    func yield(_ text: String) {
      if !text.isEmpty { receive(.chunk(text)) }
    }
    let info = try GenerateCompletionInfo(
      generatingFrom: prompt, model: model, cache: cache, parameters: parameters,
      tokenLimit: tokenizer.vocabularySize
    ) { token in
      tokens(token)
      yield(decoder.append(token))
    }
    yield(decoder.finish())
    receive(.info(info))
  }
}
