public import Transformer

/// The engines that a user can ask for.
public enum EngineChoice: String, CaseIterable, Codable, Hashable, Sendable {
  /// The fastest there is: compiled code, encoded code where or as long as there is none, and the interpreted plan where there is neither.
  case automatic = "auto"
  /// Code compiled before the first token; whatever else there is if that fails.
  case compiled
  /// Code encoded by this library itself, at once; the interpreted plan where the processor is no x86-64.
  case encoded
  /// The interpreted plan: non-zeros only, heads by their kind.
  case plan
  /// Every matrix in full, hull caches in all heads.
  case dense

  /// An engine at position 0.
  ///
  /// Its `name` and `warning` say, at any time, what runs and what kept a faster one from running.
  public func engine(for model: TransformerModel, cache: CodeCache = CodeCache()) -> any TransformerEngine {
    switch self {
    case .automatic: AutomaticEngine(model, cache: cache)
    case .compiled: AutomaticEngine(model, cache: cache, compilation: .first)
    case .encoded: AutomaticEngine(model, cache: cache, compilation: .never)
    case .plan: SparseEngine(model)
    case .dense: DenseEngine(model)
    }
  }
}
