import Attention
public import Transformer

/// The transformer as it is written: every projection over all rows and columns, every head with a cache of its own.
///
/// - Complexity: O(layers · width · (width + neurons) + vocabulary · width) for each token, and what the caches need.
public struct DenseEngine: TransformerEngine {
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

/// A layer's matrices, packed, and the slots that it erases.
struct DenseLayer: Sendable {
  let inProjection: PackedMatrix  // [3D, D]
  let outProjection: PackedMatrix  // [D, D]
  let feedForwardIn: PackedMatrix  // [2F, D]
  let feedForwardOut: PackedMatrix  // [D, F]
  let neurons: Int
  let erasedAfterAttention: [Int]
  let erasedAfterFeedForward: [Int]

  init(_ layer: TransformerLayer) {
    inProjection = PackedMatrix(layer.inProjection)
    outProjection = PackedMatrix(layer.outProjection)
    feedForwardIn = PackedMatrix(layer.feedForwardIn)
    feedForwardOut = PackedMatrix(layer.feedForwardOut)
    neurons = layer.feedForwardOut.columns
    erasedAfterAttention = layer.erasedAfterAttention
    erasedAfterFeedForward = layer.erasedAfterFeedForward
  }
}

/// The vectors between the matrices, each with room for whole tiles of rows.
struct DenseBuffers: Sendable {
  var stream: [Double]  // [D]
  var projected: [Double]  // [3D]
  var attended: [Double]  // [D]
  var change: [Double]  // [D]
  private var gated: [Double]  // [2F]
  private var hidden: [Double]  // [F]
  private var scores: [Double]  // [V]

  init(width: Int, neurons: Int, vocabularySize: Int) {
    func vector(_ count: Int) -> [Double] { Array(repeating: 0, count: (count + 7) / 8 * 8) }
    stream = vector(width)
    projected = vector(3 * width)
    attended = vector(width)
    change = vector(width)
    gated = vector(2 * neurons)
    hidden = vector(neurons)
    scores = vector(vocabularySize)
  }

  /// Adds `change` to the residual stream, then sets the given slots to 0.
  mutating func addChange(erasing slots: [Int]) {
    for slot in stream.indices { stream[slot] += change[slot] }
    for slot in slots { stream[slot] = 0 }
  }

  mutating func feedForward(_ layer: DenseLayer) {
    layer.feedForwardIn.multiply(stream, into: &gated)
    for neuron in 0..<layer.neurons {
      hidden[neuron] = gatedUnit(gate: gated[neuron], value: gated[layer.neurons + neuron])
    }
    layer.feedForwardOut.multiply(hidden, into: &change)
    addChange(erasing: layer.erasedAfterFeedForward)
  }

  /// The token with the highest score, the lowest id among equals. A score that is not a number never wins.
  mutating func best(_ head: PackedMatrix, of vocabularySize: Int) -> Int {
    head.multiply(stream, into: &scores)
    var best = 0
    var highest = -Double.infinity
    for token in 0..<vocabularySize where scores[token] > highest {
      best = token
      highest = scores[token]
    }
    return best
  }
}

extension [Double] {
  /// Two neighbouring elements.
  func pair(at index: Int) -> SIMD2<Double> {
    SIMD2(self[index], self[index + 1])
  }
}
