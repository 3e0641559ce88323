/// The shape of a Qwen3 model, as its config.json says it.
public struct Qwen3Configuration: Hashable, Sendable {
  /// Rows of the embedding; the last ones may belong to no token.
  public var vocabularySize: Int
  /// Numbers of the residual stream.
  public var hiddenSize: Int
  /// Neurons of a dense feed-forward layer.
  public var intermediateSize: Int
  /// Decoder layers.
  public var layers: Int
  /// Query heads of a layer.
  public var queryHeads: Int
  /// Key/value heads of a layer; query head i reads key/value head i / (queryHeads / keyValueHeads).
  public var keyValueHeads: Int
  /// Numbers of one head; not derived from the hidden size.
  public var headSize: Int
  /// What is added to the mean square before its root is taken.
  public var normEpsilon: Float
  /// The function of the feed-forward layers' gate.
  public var activation: GateActivation
  /// The positions that the model was made for.
  public var maximumPositions: Int
  /// Whether the output head is the embedding; a head that a checkpoint has all the same counts more.
  public var tiesEmbeddings: Bool
  /// The rotary embedding.
  public var rotary: RotaryEmbedding
  /// The experts of the sparse layers; nil in a dense model.
  public var experts: MixtureOfExperts?
  /// The format of int8 weights; nil when the weights are floats.
  public var quantization: Quantization?

  /// A feed-forward gate's function, by its name in config.json.
  public enum GateActivation: String, Hashable, Sendable, CaseIterable {
    case silu
    case gelu
    case geluTanh = "gelu_pytorch_tanh"
    case relu
  }

  /// Experts of which a router chooses a few for each token.
  public struct MixtureOfExperts: Hashable, Sendable {
    /// Experts of a sparse layer.
    public var count: Int
    /// Experts that a token goes through.
    public var active: Int
    /// Neurons of one expert.
    public var intermediateSize: Int
    /// Whether the chosen experts' probabilities are scaled to a sum of 1.
    public var normalizesProbabilities: Bool
    /// Every so many layers one is sparse.
    public var sparseStep: Int
    /// Layers that are dense all the same.
    public var denseLayers: [Int]

    public init(
      count: Int, active: Int, intermediateSize: Int, normalizesProbabilities: Bool = true, sparseStep: Int = 1,
      denseLayers: [Int] = []
    ) {
      self.count = count
      self.active = active
      self.intermediateSize = intermediateSize
      self.normalizesProbabilities = normalizesProbabilities
      self.sparseStep = sparseStep
      self.denseLayers = denseLayers
    }
  }

  /// How `mili quantize` stores matrices.
  public enum Quantization: String, Hashable, Sendable {
    /// Blocks of 32 int8 with a bf16 scale, sixteen rows side by side.
    case int8 = "mili-int8"
  }

  /// The longest context: what the model was made for, or what its scaling stretches that to.
  public var longestContext: Int {
    guard let scaling = rotary.scaling else { return maximumPositions }
    return max(maximumPositions, Int(min(Double(scaling.originalPositions) * scaling.factor, 0x1p31)))
  }

  /// Whether a layer's feed-forward part is a mixture of experts.
  public func isSparse(layer: Int) -> Bool {
    guard let experts else { return false }
    return !experts.denseLayers.contains(layer) && (layer + 1) % experts.sparseStep == 0
  }
}
