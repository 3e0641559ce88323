import Attention
public import Transformer

/// The transformer as it is written: every projection over all rows and columns, every head searched among all its keys.
///
/// With hulls, heads whose keys are the same, position by position, share their hull; every other head has its own.
///
/// - Complexity: O(layers · width · (width + neurons) + vocabulary · width) for each token, and what the caches need.
public struct DenseEngine: TransformerEngine {
  public var name: String { "dense" }

  public let vocabularySize: Int
  public private(set) var position = 0
  private let embedding: Matrix  // [V, D]
  private let layers: [DenseLayer]
  private let head: PackedMatrix  // [V, D]
  private var memory: DenseMemory
  private let separateMemory: DenseMemory
  /// The tokens read so far, as long as hulls are shared.
  private var tokens: [Int32] = []
  /// Whether heads share hulls.
  package private(set) var isSharing: Bool
  private var buffers: DenseBuffers

  /// An engine at position 0.
  public init(_ model: TransformerModel, attention: AttentionMethod = .hull) {
    vocabularySize = model.vocabularySize
    embedding = model.embedding
    layers = model.layers.map(DenseLayer.init)
    head = PackedMatrix(model.head)
    separateMemory = DenseMemory(model, attention)
    isSharing = attention == .hull
    memory = isSharing ? DenseMemory(sharingHullsOf: model) : separateMemory
    buffers = DenseBuffers(
      width: model.modelWidth, neurons: model.feedForwardWidth, vocabularySize: model.vocabularySize)
  }

  public mutating func advance(_ token: Int) throws(EngineError) {
    guard token >= 0, token < vocabularySize else {
      throw EngineError(.unknownToken(token, vocabularySize: vocabularySize), position: position)
    }
    if isSharing { tokens.append(Int32(truncatingIfNeeded: token)) }
    if !read(token) { readAgain() }
    position += 1
  }

  /// Reads a token; false when heads were taken to share what they do not.
  private mutating func read(_ token: Int) -> Bool {
    embed(token)
    let heads = embedding.columns / 2
    for (index, layer) in layers.enumerated() {
      guard attend(layer, firstHead: index * heads) else { return false }
      buffers.feedForward(layer)
    }
    return true
  }

  /// Reads all tokens again, with a cache of its own for every head.
  private mutating func readAgain() {
    memory = separateMemory
    isSharing = false
    let last = position
    for (place, token) in tokens.enumerated() {
      position = place
      _ = read(Int(token))
    }
    position = last
    tokens = []
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

  private mutating func attend(_ layer: DenseLayer, firstHead: Int) -> Bool {
    layer.inProjection.multiply(buffers.stream, into: &buffers.projected)
    let width = embedding.columns
    for head in 0..<width / 2 {
      let query = buffers.projected.pair(at: 2 * head)
      let key = buffers.projected.pair(at: width + 2 * head)
      let value = buffers.projected.pair(at: 2 * width + 2 * head)
      guard
        let attended = memory.attend(firstHead + head, query: query, key: key, value: value, position: position)
      else { return false }
      buffers.attended[2 * head] = attended.x
      buffers.attended[2 * head + 1] = attended.y
    }
    layer.outProjection.multiply(buffers.attended, into: &buffers.change)
    buffers.addChange(erasing: layer.erasedAfterAttention)
    return true
  }
}

extension [Double] {
  /// Two neighbouring elements.
  fileprivate func pair(at index: Int) -> SIMD2<Double> {
    SIMD2(self[index], self[index + 1])
  }
}
