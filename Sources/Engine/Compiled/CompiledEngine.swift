public import Transformer

/// Runs a transformer as code compiled for it: the sparse engine's plan, each step of it straight-line C.
///
/// Every number equals the sparse engine's to the bit, but for the sign of a zero, and so every token. The first time that a model is seen,
/// clang compiles it; the result is kept in a folder for the next time.
public struct CompiledEngine: BlockEngine, PlannedEngine {
  package var run: PlannedRun

  /// Translates a model and compiles it, unless its code is in the cache; the engine is at position 0.
  ///
  /// - Throws: `CompilationError` when the model is too large, there is no compiler, it fails, or its result cannot be kept or loaded.
  public init(_ model: TransformerModel, cache: CodeCache = CodeCache()) throws(CompilationError) {
    let model = PlannedModel(model)
    run = PlannedRun(model, code: try CompiledCode(of: model, cache: cache))
  }

  /// The C that a model becomes.
  package static func source(of model: TransformerModel) -> String {
    CodeWriter.source(of: PlannedModel(model))
  }

  public var name: String { "compiled" }
}
