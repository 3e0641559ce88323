public import Scheduler
public import Transformer

/// Why no weights could be made of a graph and its schedule.
public struct WeightError: Error, Hashable, Sendable, CustomStringConvertible {
  public enum Kind: Hashable, Sendable {
    /// The schedule does not fit the graph.
    case schedule(ScheduleError)
    /// A token that was named as first or as stop is not in the vocabulary.
    case unknownToken(String)
    /// A first token with an embedding: at the first position erasures do not fire, so everything must be 0 there.
    case firstTokenWithEmbedding(String)
    /// Something reads a dimension that is not in the stream at that boundary.
    case absentDimension(String, boundary: Int)
    /// A layer's lookups and passthroughs need more heads than the width allows.
    case tooFewHeads(layer: Int, heads: Int)
    /// The matrices do not make a model, as when a weight is too large for binary64.
    case model(TransformerError)
  }

  public let kind: Kind

  public init(_ kind: Kind) {
    self.kind = kind
  }

  public var description: String {
    switch kind {
    case .schedule(let error): error.description
    case .unknownToken(let text): "weights: expected a token of the vocabulary, found '\(text)'"
    case .firstTokenWithEmbedding(let text): "weights: first token '\(text)' must have an empty embedding"
    case .absentDimension(let name, let boundary):
      "weights: '\(name)' is read at boundary \(boundary), where the stream does not hold it"
    case .tooFewHeads(let layer, let heads):
      "weights: attention of layer \(layer) needs more than its \(heads) heads; a wider schedule is needed"
    case .model(let error): "weights: \(error)"
    }
  }
}
