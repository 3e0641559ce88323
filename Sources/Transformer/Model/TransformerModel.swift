/// A decoder-only transformer of binary64 weights whose attention heads are two wide.
///
/// With D the model width, a token at position t enters as its row of `embedding`, to which the position is added:
/// x[0] += t, x[1] += 1/ln 2 − 1/ln(t + 2), x[2] += t². The layers follow in order, then `head · x` gives a score for
/// each token; the highest wins, the lowest id among equals. Queries already carry the factor that makes attention hard,
/// so attention is the argmax of q · k over the positions up to t, with ties by the head's rule.
///
/// A value of this type is consistent: every shape fits, every weight is finite, every erased slot exists. Engines rely on it.
public struct TransformerModel: Hashable, Sendable {
  /// The text of each token, by id.
  public let vocabulary: [String]  // [V]
  /// The token that ends a run.
  public let stopToken: Int
  /// The residual stream of each token before its position is added.
  public let embedding: Matrix  // [V, D]
  /// The layers in the order of execution.
  public let layers: [TransformerLayer]
  /// The output head.
  public let head: Matrix  // [V, D]
  /// Remarks that travel with the weights, such as the prompt of a specialised model. `model.bin` has no place for them.
  public let metadata: [String: String]
  /// The number of feed-forward neurons in each layer, F.
  public let feedForwardWidth: Int

  /// The number of tokens, V.
  public var vocabularySize: Int { vocabulary.count }
  /// The width of the residual stream, D.
  public var modelWidth: Int { embedding.columns }
  /// The number of attention heads in each layer, D / 2.
  public var headCount: Int { embedding.columns / 2 }

  /// Puts a model together.
  ///
  /// - Throws: `TransformerError` of kind `inconsistent` when a shape does not fit, a weight is not finite, an erased
  ///   slot does not exist or two tokens have one name.
  public init(
    vocabulary: [String], stopToken: Int, embedding: Matrix, layers: [TransformerLayer], head: Matrix,
    metadata: [String: String] = [:]
  ) throws(TransformerError) {
    self.vocabulary = vocabulary
    self.stopToken = stopToken
    self.embedding = embedding
    self.layers = layers
    self.head = head
    self.metadata = metadata
    feedForwardWidth = layers.first?.feedForwardOut.columns ?? 0
    try validate()
  }
}
