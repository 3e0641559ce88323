public import Transformer

/// Runs a transformer by its non-zero weights alone.
///
/// The model is translated once: weights that are zero, slots known to be zero, rows that only copy, equal rows and heads
/// that nothing reads disappear, and each remaining head is searched in the cheapest way that the weights prove right.
/// Sums keep their order, so every number equals the dense engine's to the bit, as long as none overflows.
///
/// A head whose keys are integers on a parabola is searched by number until a key or a query shows that they are not; then the
/// run is read again with a hull in its place.
///
/// - Complexity: O(non-zero weights) for each token, and O(log n) for each head that needs a hull. Memory grows by
///   8 bytes a token for each distinct value that heads gather by position, by 4 bytes for the token, and with the hulls.
public struct SparseEngine: TransformerEngine {
  /// The number of positions up to which every shortcut is exact.
  public static let positionLimit = RegisterGraph.positionLimit

  public let vocabularySize: Int
  public private(set) var position = 0
  private let program: SparseProgram
  private let outputHead: SparseOutputHead
  private var registers: [Double]
  private var memory: HeadMemory
  private var fallback = HullFallback()

  /// Translates a model; the engine is at position 0.
  public init(_ model: TransformerModel) {
    let lowering = ModelLowering(model)
    let (program, numbers) = ProgramBuilder.build(lowering, embedding: model.embedding)
    vocabularySize = model.vocabularySize
    self.program = program
    outputHead = SparseOutputHead(lowering.scores, numbers: numbers)
    registers = Array(repeating: 0, count: program.registerCount)
    memory = HeadMemory(program, needHull: [])
  }

  /// The number of numbers that are remembered for every position.
  package var gatheredColumnCount: Int { program.columns.count }

  public mutating func advance(_ token: Int) throws(EngineError) {
    guard token >= 0, token < vocabularySize else {
      throw EngineError(.unknownToken(token, vocabularySize: vocabularySize), position: position)
    }
    guard position < Self.positionLimit else {
      throw EngineError(.tooManyPositions(limit: Self.positionLimit), position: position)
    }
    program.run(token: token, position: position, registers: &registers, memory: &memory)
    if memory.hasIndex { fallback.tokens.append(Int32(truncatingIfNeeded: token)) }
    while let hull = memory.refusedHull { readAgain(withHull: hull) }
    position += 1
  }

  /// Reads all tokens again with a hull in the place of an index that could not go on.
  private mutating func readAgain(withHull hull: Int) {
    fallback.note(hull, of: program.insertions.count)
    memory = HeadMemory(program, needHull: fallback.needHull)
    for (position, token) in fallback.tokens.enumerated() where memory.refusedHull == nil {
      program.run(token: Int(token), position: position, registers: &registers, memory: &memory)
    }
    if memory.refusedHull == nil, !memory.hasIndex { fallback.tokens = [] }
  }

  public mutating func step(_ token: Int) throws(EngineError) -> Int {
    try advance(token)
    return registers.withUnsafeBufferPointer { registers in
      // There is always a register: that of zero.
      registers.baseAddress.map(outputHead.best) ?? 0
    }
  }
}
