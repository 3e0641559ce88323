public import Transformer

/// Runs a transformer as code encoded for it by this library itself: the sparse engine's plan as instructions of x86-64, in memory.
///
/// Every number equals the sparse engine's to the bit, but for the sign of a zero, and so every token. It needs no compiler and starts at once.
public struct EncodedEngine: BlockEngine, PlannedEngine {
  package var run: PlannedRun

  /// Translates a model and encodes it; the engine is at position 0.
  ///
  /// - Throws: `CompilationError` when the processor is no x86-64, the model is too large, or the system refuses memory for code.
  public init(_ model: TransformerModel) throws(CompilationError) {
    try self.init(model, protect: ExecutableMemory.system)
  }

  /// - Parameter protect: Makes memory executable, or refuses to.
  package init(_ model: TransformerModel, protect: @escaping ExecutableMemory.Protect) throws(CompilationError) {
    let model = PlannedModel(model)
    run = PlannedRun(model, code: try CompiledCode(encoding: model, protect: protect))
  }

  public var name: String { "encoded" }
}
