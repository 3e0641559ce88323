/// An engine that computes many known tokens at once: prompts, traces to be verified, drafts.
///
/// Level by level, it computes a block of neighbouring positions before it goes on to the next level: vector lanes across positions.
/// Sums keep their order, and a head takes in each position's key before that position's query, so every number and every token is
/// the same as token by token. Between blocks the engine may be used as any other.
public protocol BlockEngine: TransformerEngine {
  /// Reads tokens without asking what follows them.
  ///
  /// - Throws: `EngineError` at the first token that is not in the vocabulary or for which there is no position; nothing is read then.
  mutating func read(_ tokens: [Int32]) throws(EngineError)

  /// Reads tokens and predicts the one after each: the one with the highest score, the lowest id among equals.
  ///
  /// - Throws: `EngineError` at the first token that is not in the vocabulary or for which there is no position; nothing is read then.
  mutating func predictions(after tokens: [Int32]) throws(EngineError) -> [Int32]

  /// Reads a draft as far as it is right: its first token in any case, and each other one if it is what the model predicts after those
  /// before it. Whatever the draft, the engine is then where it would be had it read the accepted tokens one by one.
  ///
  /// - Throws: `EngineError` when there is no first token, it is not in the vocabulary or there is no position for it; nothing is read then.
  mutating func accept(_ draft: [Int32]) throws(EngineError) -> DraftOutcome
}
