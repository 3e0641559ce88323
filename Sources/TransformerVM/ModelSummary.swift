import Engine
public import Transformer

/// What a model holds, by its weights alone: what `tvm inspect` shows.
public struct ModelSummary: Codable, Hashable, Sendable {
  /// A matrix's size and how much of it is not zero.
  public struct Weights: Codable, Hashable, Sendable {
    public let rows: Int
    public let columns: Int
    public let nonZeros: Int

    init(_ matrix: Matrix) {
      rows = matrix.rows
      columns = matrix.columns
      nonZeros = matrix.nonZeroCount
    }

    private enum CodingKeys: String, CodingKey {
      case rows, columns
      case nonZeros = "non_zeros"
    }
  }

  /// One layer.
  public struct Layer: Codable, Hashable, Sendable {
    /// How many heads are of each kind, by the kind's name; kinds without heads are left out.
    public let heads: [String: Int]
    public let inProjection: Weights
    public let outProjection: Weights
    public let feedForwardIn: Weights
    public let feedForwardOut: Weights
    /// Slots that attention, or the feed-forward block, writes.
    public let writtenByAttention: [Int]
    public let writtenByFeedForward: [Int]
    /// Slots set to zero after attention, or after the feed-forward block.
    public let erasedAfterAttention: [Int]
    public let erasedAfterFeedForward: [Int]

    private enum CodingKeys: String, CodingKey {
      case heads
      case inProjection = "in_proj"
      case outProjection = "out_proj"
      case feedForwardIn = "ff_in"
      case feedForwardOut = "ff_out"
      case writtenByAttention = "written_by_attention"
      case writtenByFeedForward = "written_by_ff"
      case erasedAfterAttention = "erased_after_attention"
      case erasedAfterFeedForward = "erased_after_ff"
    }
  }

  public let modelWidth: Int
  public let headCount: Int
  public let feedForwardWidth: Int
  public let vocabularySize: Int
  public let stopToken: String
  public let isSpecialized: Bool
  public let embedding: Weights
  public let layers: [Layer]
  public let head: Weights
  /// What the interpreted plan computes for each token, a line for each level.
  public let plan: [String]

  private enum CodingKeys: String, CodingKey {
    case embedding, layers, head, plan
    case modelWidth = "d_model"
    case headCount = "heads"
    case feedForwardWidth = "d_ffn"
    case vocabularySize = "vocabulary"
    case stopToken = "stop_token"
    case isSpecialized = "specialized"
  }

  public init(of model: TransformerModel) {
    modelWidth = model.modelWidth
    headCount = model.headCount
    feedForwardWidth = model.feedForwardWidth
    vocabularySize = model.vocabularySize
    stopToken = model.vocabulary.indices.contains(model.stopToken) ? model.vocabulary[model.stopToken] : ""
    isSpecialized = model.isSpecialized
    embedding = Weights(model.embedding)
    head = Weights(model.head)
    plan = ExecutionPlan(of: model).description.split(separator: "\n").map(String.init)
    layers = zip(model.layers, model.headUses()).map { Layer($0, uses: $1) }
  }

  /// The non-zero weights of all layers together.
  public var projectionNonZeros: Int {
    layers.reduce(0) {
      $0 + $1.inProjection.nonZeros + $1.outProjection.nonZeros + $1.feedForwardIn.nonZeros
        + $1.feedForwardOut.nonZeros
    }
  }
}

extension ModelSummary.Layer {
  fileprivate init(_ layer: TransformerLayer, uses: [HeadUse]) {
    heads = uses.reduce(into: [:]) { $0[$1.rawValue, default: 0] += 1 }
    inProjection = ModelSummary.Weights(layer.inProjection)
    outProjection = ModelSummary.Weights(layer.outProjection)
    feedForwardIn = ModelSummary.Weights(layer.feedForwardIn)
    feedForwardOut = ModelSummary.Weights(layer.feedForwardOut)
    writtenByAttention = Self.writtenRows(layer.outProjection)
    writtenByFeedForward = Self.writtenRows(layer.feedForwardOut)
    erasedAfterAttention = layer.erasedAfterAttention
    erasedAfterFeedForward = layer.erasedAfterFeedForward
  }

  private static func writtenRows(_ matrix: Matrix) -> [Int] {
    (0..<matrix.rows).filter { row in matrix.row(row).contains { $0 != 0 } }
  }
}
