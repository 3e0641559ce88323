import Kernels

/// Generates the tokens of one sequence, one after the other.
///
/// ```swift
/// let model = try Qwen3Model(folder: "Qwen3-0.6B")
/// var tokens = try TokenIterator(prompt: [9707, 11], model: model, parameters: .greedy)
/// while let token = try tokens.next() { print(token) }
/// ```
public struct TokenIterator {
  /// Why a text ended.
  public enum StopReason: String, Sendable, Hashable {
    /// A token that ends a text was chosen.
    case stop
    /// `maxTokens` or the context's end was reached.
    case length
    /// Nobody wanted more.
    case cancelled
  }

  /// Why the text ended; nil while it goes on.
  public private(set) var stopReason: StopReason?
  /// Tokens of the prompt that were computed, rather than found in the cache.
  public let computedPromptTokens: Int
  /// Guessed tokens that turned out to be right.
  public private(set) var acceptedDraftTokens = 0

  private let pass: ForwardPass
  private let cache: KeyValueCache
  private var sampler: Sampler
  private let stopTokens: Set<Int>
  private var history: TokenHistory
  private var generated = 0
  /// Logits that were computed and not yet used, in order; the first belongs to the next token.
  private var logits: [[Float]] = []
  /// The guessed tokens that the later logits depend on.
  private var draft: [Int] = []

  /// Computes the prompt, or as much of it as is possible before the task is cancelled; the text then has ended.
  ///
  /// - Parameters:
  ///   - prompt: the tokens, at least one.
  ///   - cache: what was computed of a beginning of the prompt, which is then not computed again; it is advanced.
  ///   - tokenLimit: tokens from here on are never chosen; the tokenizer's number of tokens.
  /// - Throws: `LanguageModelError` for parameters outside their ranges, tokens outside the vocabulary and prompts longer than the cache's limit.
  public init(
    prompt: [Int], model: Qwen3Model, cache: KeyValueCache? = nil,
    parameters: GenerateParameters = GenerateParameters(),
    tokenLimit: Int? = nil
  ) throws(LanguageModelError) {
    let cache = cache ?? model.makeCache()
    guard cache.count < prompt.count else {
      throw LanguageModelError(
        .argument,
        prompt.isEmpty
          ? "expected a prompt of at least one token, found none"
          : "expected a prompt of more than the \(cache.count) tokens in the cache, found \(prompt.count)")
    }
    // Said before hours are spent on what fits.
    try cache.checkRoom(for: prompt.count)
    sampler = try Sampler(parameters, tokenLimit: tokenLimit ?? model.configuration.vocabularySize)
    stopTokens = model.stopTokens.union(parameters.extraStopTokens)
    history = TokenHistory(prompt: prompt)
    self.cache = cache
    let rest = prompt[cache.count...]
    computedPromptTokens = rest.count
    pass = ForwardPass(model, capacity: max(min(parameters.prefillStepSize, rest.count), parameters.draftTokens + 1))
    do {
      try compute(rest, stepSize: min(parameters.prefillStepSize, rest.count))
    } catch  where error.kind == .cancelled {
      stopReason = .cancelled
    }
  }

  /// Computes what the cache does not have of the prompt, and the logits after it.
  private mutating func compute(_ rest: ArraySlice<Int>, stepSize: Int) throws(LanguageModelError) {
    for first in stride(from: rest.startIndex, to: rest.endIndex, by: stepSize) {
      let end = min(first + stepSize, rest.endIndex)
      let isLast = end == rest.endIndex
      let step = SequenceStep(Array(rest[first..<end]), cache: cache, logits: isLast ? .last : .none)
      let rows = try pass.run([step], canBeCancelled: true)
      if isLast { logits = [rows.numbers(at: 0)] }
    }
  }

  /// The next token; nil when the text has ended. A token that ends it is not returned.
  public mutating func next() throws(LanguageModelError) -> Int? {
    guard stopReason == nil else { return nil }
    if let maxTokens = sampler.parameters.maxTokens, generated >= maxTokens {
      stopReason = .length
      return nil
    }
    if logits.isEmpty, try !computeLogits() {
      stopReason = .length
      return nil
    }
    let token = try sampler.sample(logits.removeFirst(), history: history)
    if stopTokens.contains(token) {
      stopReason = .stop
      try forgetDraft()
      return nil
    }
    history.append(token)
    generated += 1
    if !logits.isEmpty {
      if token == draft.first {
        draft.removeFirst()
        acceptedDraftTokens += 1
      } else {
        try forgetDraft()
      }
    }
    return token
  }

  /// Ends the text here; the cache then holds the prompt and the returned tokens but the last, and nothing guessed.
  public mutating func cancel() throws(LanguageModelError) {
    guard stopReason == nil else { return }
    stopReason = .cancelled
    try forgetDraft()
  }

  /// Computes the last token and those guessed after it; false when the context has no room for it.
  private mutating func computeLogits() throws(LanguageModelError) -> Bool {
    guard let last = history.tokens.last, cache.count < cache.limit else { return false }
    let left = (sampler.parameters.maxTokens ?? .max) - generated
    let limit = min(sampler.parameters.draftTokens, left - 1, cache.limit - cache.count - 1)
    draft = NGramDraft.guess(after: history.tokens, limit: limit)
    let rows = try pass.run([SequenceStep([last] + draft, cache: cache, logits: .all)])
    logits = (0...draft.count).map { rows.numbers(at: $0) }
    return true
  }

  /// Drops the guesses that were not taken, from the cache too.
  private mutating func forgetDraft() throws(LanguageModelError) {
    try cache.truncate(to: cache.count - draft.count)
    logits = []
    draft = []
  }
}
