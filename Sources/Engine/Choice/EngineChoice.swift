public import Transformer

/// The engines that a user can ask for.
public enum EngineChoice: String, CaseIterable, Codable, Hashable, Sendable {
  /// The fastest there is: compiled code, and the interpreted plan where or as long as there is none.
  case automatic = "auto"
  /// Code compiled before the first token; the interpreted plan if that fails.
  case compiled
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
    case .plan: SparseEngine(model)
    case .dense: DenseEngine(model)
    }
  }
}
