public import Transformer

/// Runs a transformer over many known tokens at once: prompts, traces to be verified, drafts.
///
/// Level by level, it computes what the sparse engine does for a block of neighbouring positions before it goes on to the next level:
/// vector lanes across positions. Sums keep the sparse engine's order, and a head takes in each position's key before that
/// position's query, so every number and every token is the same.
///
/// A head whose keys turn out not to be integers on a parabola is searched by a hull from then on; the run is read again for it.
///
/// - Complexity: O(non-zero weights) for each token, and O(log n) for each head that needs a hull. Memory grows by 8 bytes a token for
///   each distinct value that heads gather by position, by 4 bytes for the token, and with the hulls.
public struct BlockEngine: TransformerEngine {
  public let vocabularySize: Int
  let program: BlockProgram
  var memory: BlockMemory
  var fallback = HullFallback()

  /// Translates a model; the engine is at position 0.
  public init(_ model: TransformerModel) {
    let lowering = ModelLowering(model)
    let (source, numbers) = ProgramBuilder.build(lowering, embedding: model.embedding)
    program = BlockProgram(lowering, source, numbers: numbers)
    vocabularySize = model.vocabularySize
    memory = BlockMemory(program, needHull: [])
  }

  public var position: Int { fallback.tokens.count }

  public mutating func advance(_ token: Int) throws(EngineError) {
    try read([try checked(token)])
  }

  public mutating func step(_ token: Int) throws(EngineError) -> Int {
    try predictions(after: [try checked(token)]).first.map(Int.init) ?? 0
  }

  private func checked(_ token: Int) throws(EngineError) -> Int32 {
    guard let token = Int32(exactly: token) else {
      throw EngineError(.unknownToken(token, vocabularySize: vocabularySize), position: position)
    }
    return token
  }
}
