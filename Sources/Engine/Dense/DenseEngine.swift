import Attention
public import Transformer

/// The transformer as it is written: every projection over all rows and columns, every head with a cache of its own.
///
/// - Complexity: O(layers · width · (width + neurons) + vocabulary · width) for each token, and what the caches need.
public struct DenseEngine: TransformerEngine {
  public var name: String { "dense" }

  public let vocabularySize: Int
  public private(set) var position = 0
  private let embedding: Matrix  // [V, D]
  private let layers: [DenseLayer]
  private let head: PackedMatrix  // [V, D]
  private var caches: [any HeadCache]  // [layers · heads]
  private var buffers: DenseBuffers

  /// An engine at position 0.
  public init(_ model: TransformerModel, attention: AttentionMethod = .hull) {
    vocabularySize = model.vocabularySize
    embedding = model.embedding
    layers = model.layers.map(DenseLayer.init)
    head = PackedMatrix(model.head)
    caches = model.layers.flatMap { $0.tieRules.map(attention.makeCache) }
    buffers = DenseBuffers(
      width: model.modelWidth, neurons: model.feedForwardWidth, vocabularySize: model.vocabularySize)
  }

  public mutating func advance(_ token: Int) throws(EngineError) {
    guard token >= 0, token < vocabularySize else {
      throw EngineError(.unknownToken(token, vocabularySize: vocabularySize), position: position)
    }
    embed(token)
    let heads = embedding.columns / 2
    for (index, layer) in layers.enumerated() {
      attend(layer, firstCache: index * heads)
      buffers.feedForward(layer)
    }
    position += 1
  }

  public mutating func step(_ token: Int) throws(EngineError) -> Int {
    try advance(token)
    return buffers.best(head, of: vocabularySize)
  }

  /// Puts the token and its position into the residual stream.
  private mutating func embed(_ token: Int) {
    let encoding = PositionEncoding(position)
    buffers.stream.replaceSubrange(0..<embedding.columns, with: embedding.row(token))
    buffers.stream[0] += encoding.position
    buffers.stream[1] += encoding.inverseLog
    buffers.stream[2] += encoding.square
  }

  private mutating func attend(_ layer: DenseLayer, firstCache: Int) {
    layer.inProjection.multiply(buffers.stream, into: &buffers.projected)
    let width = embedding.columns
    for head in 0..<width / 2 {
      let query = buffers.projected.pair(at: 2 * head)
      let key = buffers.projected.pair(at: width + 2 * head)
      let value = buffers.projected.pair(at: 2 * width + 2 * head)
      caches[firstCache + head].insert(key: key, value: value)
      let attended = caches[firstCache + head].queryInPlace(query)
      buffers.attended[2 * head] = attended.x
      buffers.attended[2 * head + 1] = attended.y
    }
    layer.outProjection.multiply(buffers.attended, into: &buffers.change)
    buffers.addChange(erasing: layer.erasedAfterAttention)
  }
}

extension [Double] {
  /// Two neighbouring elements.
  fileprivate func pair(at index: Int) -> SIMD2<Double> {
    SIMD2(self[index], self[index + 1])
  }
}
