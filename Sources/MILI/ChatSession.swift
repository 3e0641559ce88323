public import ChatTemplate
public import LanguageModel
import Synchronization
import Tokenizer

/// A conversation with a model, which remembers what was said and computes only what is new.
///
/// ```swift
/// let session = ChatSession(try loadModel(directory: folder), instructions: "Be brief.")
/// print(try await session.respond(to: "How far is the moon?"))
/// for try await text in session.streamResponse(to: "And the sun?") { print(text, terminator: "") }
/// ```
///
/// Turns that are asked for while another one is going on wait for it. Dropping a turn's stream ends the turn; what the
/// model had said by then stays in the conversation.
public final class ChatSession: Sendable {
  /// The model and its tokenizer.
  public let context: ModelContext
  private let state: Mutex<State>
  /// What is computed of the conversation; used by one turn at a time.
  private let cache: KeyValueCache

  private struct State {
    var messages: [Chat.Message]
    var generateParameters: GenerateParameters?
    var tools: [JSONValue]?
    var additionalContext: JSONObject
    /// The tokens that the cache holds.
    var cachedTokens: [Int] = []
    /// The turn after which the next may begin.
    var lastTurn: Task<Void, Never>?
    /// What the last turn that was taken has taken; nil when it failed.
    var lastInfo: GenerateCompletionInfo?
  }

  /// Begins a conversation.
  ///
  /// - Parameters:
  ///   - context: the model and its tokenizer.
  ///   - instructions: what the model is told before the conversation; nil for nothing.
  ///   - history: what was said before.
  ///   - generateParameters: how tokens are chosen; nil for what the checkpoint recommends, for thinking first or not as
  ///     `enable_thinking` says.
  ///   - tools: the functions that the model may call, as JSON schemas; nil for none.
  ///   - additionalContext: further variables of the chat template, such as `enable_thinking`.
  public init(
    _ context: ModelContext, instructions: String? = nil, history: [Chat.Message] = [],
    generateParameters: GenerateParameters? = nil, tools: [JSONValue]? = nil, additionalContext: JSONObject = [:]
  ) {
    self.context = context
    cache = context.model.makeCache()
    let messages = (instructions.map { [.system($0)] } ?? []) + history
    state = Mutex(
      State(
        messages: messages, generateParameters: generateParameters, tools: tools, additionalContext: additionalContext))
  }

  /// What was said, the instructions included.
  public var messages: [Chat.Message] { state.withLock { $0.messages } }

  /// How tokens are chosen, from the next turn on; nil for what the checkpoint recommends.
  public var generateParameters: GenerateParameters? {
    get { state.withLock { $0.generateParameters } }
    set { state.withLock { $0.generateParameters = newValue } }
  }

  /// Further variables of the chat template, from the next turn on.
  public var additionalContext: JSONObject {
    get { state.withLock { $0.additionalContext } }
    set { state.withLock { $0.additionalContext = newValue } }
  }

  /// How the tokens of the next turn are chosen.
  package var nextParameters: GenerateParameters { parameters(state.withLock { $0 }) }

  private func parameters(_ state: State) -> GenerateParameters {
    // Templates take a variable that is not there for true.
    let thinks = state.additionalContext["enable_thinking"] != .bool(false)
    return state.generateParameters ?? context.recommendedParameters(thinking: thinks)
  }

  /// What the last turn has taken, once it is over; also of one whose stream was dropped. Nil when there was none, or it
  /// failed.
  public var lastInfo: GenerateCompletionInfo? {
    get async {
      await state.withLock { $0.lastTurn }?.value
      return state.withLock { $0.lastInfo }
    }
  }

  /// Forgets everything but the instructions, after the turn that is going on.
  public func clear() async {
    await state.withLock { $0.lastTurn }?.value
    state.withLock { state in state.messages.removeAll { $0.role != .system } }
  }
}

extension ChatSession {
  /// The model's whole answer.
  ///
  /// - Throws: as `streamDetails(to:)`; `CancellationError` when the task is cancelled.
  public func respond(to prompt: String) async throws -> String {
    var answer = ""
    for try await text in streamResponse(to: prompt) { answer += text }
    try Task.checkCancellation()
    return answer
  }

  /// The model's answer, piece by piece.
  ///
  /// - Throws: from the stream, as `streamDetails(to:)`.
  public func streamResponse(to prompt: String) -> AsyncThrowingStream<String, any Error> {
    stream(.user(prompt)) { $0.chunk }
  }

  /// The model's answer, piece by piece, and at last what it took.
  ///
  /// - Throws: from the stream, `TokenizerError` when there is no chat template or it refuses the messages, and
  ///   `LanguageModelError` when the conversation is longer than the model's context or the parameters are outside their
  ///   ranges. The conversation then is as it was before.
  public func streamDetails(
    to prompt: String, role: Chat.Message.Role = .user
  ) -> AsyncThrowingStream<Generation, any Error> {
    stream(Chat.Message(role: role, content: prompt)) { $0 }
  }

  /// Begins a turn after the one that is going on.
  private func stream<Element: Sendable>(
    _ message: Chat.Message, _ element: @escaping @Sendable (Generation) -> Element?
  ) -> AsyncThrowingStream<Element, any Error> {
    AsyncThrowingStream { continuation in
      let task = state.withLock { state in
        let previous = state.lastTurn
        let task = Task.detached(executorPreference: GenerationExecutor.own()) {
          await previous?.value
          continuation.finishing {
            try self.answer(message) { part in
              if let element = element(part) { continuation.yield(element) }
            }
          }
        }
        state.lastTurn = task
        return task
      }
      continuation.onTermination = { _ in task.cancel() }
    }
  }

  /// Takes one turn on the calling thread.
  private func answer(_ message: Chat.Message, receive: (Generation) -> Void) throws {
    let before = state.withLock { state in
      state.lastInfo = nil
      return state
    }
    let prompt = try context.tokenizer.applyChatTemplate(
      messages: (before.messages + [message]).map(\.jsonValue), tools: before.tools,
      additionalContext: before.additionalContext)
    let known = zip(prompt, before.cachedTokens).prefix { $0 == $1 }.count
    // The last token is always computed, since its logits choose the first new one.
    let kept = min(known, max(prompt.count - 1, 0))
    try cache.truncate(to: kept)
    state.withLock { $0.cachedTokens = Array(prompt.prefix(kept)) }
    var tokens = prompt
    var answer = ""
    var info: GenerateCompletionInfo?
    do {
      try context.generate(
        from: prompt, cache: cache, parameters: parameters(before),
        tokens: { tokens.append($0) },
        receive: { part in
          answer += part.chunk ?? ""
          info = part.info
          receive(part)
        })
    } catch {
      try cache.truncate(to: kept)
      throw error
    }
    state.withLock { state in
      state.cachedTokens = Array(tokens.prefix(cache.count))
      state.messages += [message, .assistant(answer)]
      state.lastInfo = info
    }
  }
}
