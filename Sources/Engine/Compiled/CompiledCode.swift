/// A program in the processor's own instructions.
struct CompiledCode: Sendable {
  /// Reads a token: the `RunState`, the token, its position and the position's recency. It returns the next token, −1 when the output head
  /// has to choose by the registers, or `declined`.
  typealias Step = @convention(c) (UnsafeMutableRawPointer, Int, Int, Double) -> Int

  /// Computes a segment of a block: the `RunState`, the `BlockFrame` and the segment's number. It returns 0, or 1 more than the number of a hull whose
  /// index could not take in a key or answer a query.
  typealias Block = @convention(c) (UnsafeMutableRawPointer, UnsafeMutableRawPointer, Int) -> Int

  /// What a step returns that has done nothing, because the token is one of the few that it is not made for.
  static let declined = -2

  /// As many products for each token are compiled in half a minute.
  private static let productLimit = 1 << 16

  let step: Step
  /// Nil where blocks are not compiled.
  let block: Block?
  /// What keeps the code in memory.
  private let holder: any AnyObject & Sendable

  /// The code of a model: from the cache, or else compiled.
  ///
  /// - Throws: `CompilationError` when the model is too large, there is no compiler, it fails, or its result cannot be kept or loaded.
  init(of model: PlannedModel, cache: CodeCache, by run: CompilerRun = CompilerRun()) throws(CompilationError) {
    let source = try Self.source(of: model)
    if let library = try cache.stored(source) {
      try self.init(of: model, in: library)
    } else {
      try self.init(of: model, in: try cache.compile(source, by: run))
    }
  }

  /// The code of a model as far as it is in the cache.
  ///
  /// - Throws: `CompilationError` when the model is too large or the cache cannot be used; an entry that is not what was once written is removed.
  init?(of model: PlannedModel, storedIn cache: CodeCache) throws(CompilationError) {
    guard let library = try cache.stored(Self.source(of: model)) else { return nil }
    try self.init(of: model, in: library)
  }

  private static func source(of model: PlannedModel) throws(CompilationError) -> String {
    let products = model.program.products.count
    guard products <= productLimit else {
      throw CompilationError(
        .tooLarge, "the model adds up \(products) products for each token; up to \(productLimit) are compiled")
    }
    return CodeWriter.source(of: model)
  }

  /// Code that something keeps in memory.
  init(step: Step, block: Block?, holder: any AnyObject & Sendable) {
    self.step = step
    self.block = block
    self.holder = holder
  }

  private init(of model: PlannedModel, in library: CodeLibrary) throws(CompilationError) {
    typealias Interface = @convention(c) () -> Int
    guard unsafeBitCast(try library.symbol(CodeWriter.interfaceName), to: Interface.self)() == CodeWriter.interface
    else {
      throw CompilationError(.notLoaded, "the compiled library is for another version")
    }
    let step = unsafeBitCast(try library.symbol(CodeWriter.functionName), to: Step.self)
    let block =
      model.blocks.code != nil
      ? unsafeBitCast(try library.symbol(BlockCodeWriter.functionName), to: Block.self) : nil
    self.init(step: step, block: block, holder: library)
  }
}
