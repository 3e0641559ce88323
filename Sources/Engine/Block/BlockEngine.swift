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
}

extension SparseEngine: BlockEngine {
  public mutating func read(_ tokens: [Int32]) throws(EngineError) {
    try run.read(tokens)
  }

  public mutating func predictions(after tokens: [Int32]) throws(EngineError) -> [Int32] {
    try run.predictions(after: tokens)
  }
}

extension CompiledEngine: BlockEngine {
  public mutating func read(_ tokens: [Int32]) throws(EngineError) {
    try run.read(tokens)
  }

  public mutating func predictions(after tokens: [Int32]) throws(EngineError) -> [Int32] {
    try run.predictions(after: tokens)
  }
}

extension AutomaticEngine: BlockEngine {
  public mutating func read(_ tokens: [Int32]) throws(EngineError) {
    try run.read(tokens)
  }

  public mutating func predictions(after tokens: [Int32]) throws(EngineError) -> [Int32] {
    try run.predictions(after: tokens)
  }
}
