public import Transformer

/// Runs a transformer as code compiled for it: the sparse engine's program, each step of it straight-line C.
///
/// Every number equals the sparse engine's to the bit, but for the sign of a zero, and so every token. The first time that a model is seen,
/// clang compiles it; the result is kept in a folder for the next time.
public struct CompiledEngine: TransformerEngine {
  public let vocabularySize: Int
  public private(set) var position = 0
  private let code: CompiledCode
  private var memory: CompiledMemory
  private var fallback = HullFallback()

  /// Translates a model and compiles it, unless its code is in the cache; the engine is at position 0.
  ///
  /// - Throws: `CompilationError` when there is no compiler, it fails, or its result cannot be kept or loaded.
  public init(_ model: TransformerModel, cache: CodeCache = CodeCache()) throws(CompilationError) {
    let lowering = ModelLowering(model)
    let (program, numbers) = ProgramBuilder.build(lowering, embedding: model.embedding)
    let outputHead = SparseOutputHead(lowering.scores, numbers: numbers)
    let source = CodeWriter.source(of: program, outputHead)
    let library = try cache.library(of: source)
    vocabularySize = model.vocabularySize
    code = try CompiledCode(program, outputHead, in: library)
    memory = CompiledMemory(code, needHull: [])
  }

  /// The C that a model becomes.
  package static func source(of model: TransformerModel) -> String {
    let lowering = ModelLowering(model)
    let (program, numbers) = ProgramBuilder.build(lowering, embedding: model.embedding)
    return CodeWriter.source(of: program, SparseOutputHead(lowering.scores, numbers: numbers))
  }

  public mutating func advance(_ token: Int) throws(EngineError) {
    _ = try read(token)
  }

  public mutating func step(_ token: Int) throws(EngineError) -> Int {
    let next = try read(token)
    return next >= 0 ? next : code.outputHead.best(memory.state.pointee.registers)
  }

  /// Reads a token; the next, or −1 when the output head has to choose.
  @inline(__always)
  private mutating func read(_ token: Int) throws(EngineError) -> Int {
    guard token >= 0, token < vocabularySize else {
      throw EngineError(.unknownToken(token, vocabularySize: vocabularySize), position: position)
    }
    guard position < SparseEngine.positionLimit else {
      throw EngineError(.tooManyPositions(limit: SparseEngine.positionLimit), position: position)
    }
    if !isKnownUniquelyReferenced(&memory) { memory = memory.copy() }
    if memory.hasIndex { fallback.tokens.append(Int32(truncatingIfNeeded: token)) }
    var next = run(token, at: position)
    while let hull = memory.refusedHull { next = readAgain(withHull: hull) }
    position += 1
    return next
  }

  @inline(__always)
  private func run(_ token: Int, at position: Int) -> Int {
    memory.makeRoom(for: position)
    return code.step(memory.state, token, position, PositionEncoding(position).inverseLog)
  }

  /// Reads all tokens again with a hull in the place of an index that could not go on; the token after the last, as `read` has it.
  private mutating func readAgain(withHull hull: Int) -> Int {
    fallback.note(hull, of: code.program.insertions.count)
    memory = CompiledMemory(code, needHull: fallback.needHull)
    var next = -1
    for (position, token) in fallback.tokens.enumerated() where memory.refusedHull == nil {
      next = run(Int(token), at: position)
    }
    if memory.refusedHull == nil, !memory.hasIndex { fallback.tokens = [] }
    return next
  }
}
