import Attention
import Graph
package import Transformer

/// Executes a model by its definition and shows the residual stream at every boundary, and what heads read. It knows nothing of
/// graphs.
package struct PlainTransformer {
  private let model: TransformerModel
  private let layers: [Layer]
  private let head: [[Summand]]
  private var caches: [[HullHeadCache]]  // [layers, heads]
  private var position = 0
  /// What the heads read at the last position.
  package private(set) var readings: [[HeadReading]] = []  // [layers, heads]

  package init(_ model: TransformerModel) {
    self.model = model
    layers = model.layers.map(Layer.init)
    head = Self.rows(model.head)
    caches = model.layers.map { layer in
      layer.tieRules.map { HullHeadCache(tieRule: $0 == .latest ? .latest : .average) }
    }
  }

  /// A weight that is not zero.
  private struct Summand {
    let column: Int
    let weight: Double
  }

  /// The rows of a layer's matrices.
  private struct Layer {
    let inProjection: [[Summand]]
    let outProjection: [[Summand]]
    let feedForwardIn: [[Summand]]
    let feedForwardOut: [[Summand]]

    init(_ layer: TransformerLayer) {
      inProjection = PlainTransformer.rows(layer.inProjection)
      outProjection = PlainTransformer.rows(layer.outProjection)
      feedForwardIn = PlainTransformer.rows(layer.feedForwardIn)
      feedForwardOut = PlainTransformer.rows(layer.feedForwardOut)
    }
  }

  /// Reads a token.
  ///
  /// - Returns: the stream before each half-layer and at the end.
  package mutating func boundaries(reading token: Int) -> [[Double]] {
    var stream = Array(model.embedding.row(token))
    stream[0] += Double(position)
    stream[1] += BuiltInInput.inverseLogPosition.value(at: position)
    stream[2] += Double(position) * Double(position)
    var boundaries = [stream]
    readings = []
    for (number, layer) in model.layers.enumerated() {
      let weights = layers[number]
      let change = Self.product(weights.outProjection, attended(by: number, to: stream))
      stream = Self.sum(stream, change, erasing: layer.erasedAfterAttention)
      boundaries.append(stream)
      let gated = Self.product(weights.feedForwardIn, stream)
      let neurons = (0..<model.feedForwardWidth).map { max(0, gated[$0]) * gated[model.feedForwardWidth + $0] }
      stream = Self.sum(stream, Self.product(weights.feedForwardOut, neurons), erasing: layer.erasedAfterFeedForward)
      boundaries.append(stream)
    }
    position += 1
    return boundaries
  }

  /// The token with the highest score for a stream at the last boundary, the lowest id among equals.
  package func prediction(for stream: [Double]) -> Int {
    let scores = Self.product(head, stream)
    return scores.indices.reduce(0) { scores[$1] > scores[$0] ? $1 : $0 }
  }

  private mutating func attended(by layer: Int, to stream: [Double]) -> [Double] {
    let projected = Self.product(layers[layer].inProjection, stream)
    let width = model.modelWidth
    func pair(_ row: Int) -> SIMD2<Double> { SIMD2(projected[row], projected[row + 1]) }
    readings.append(
      (0..<model.headCount).map { head in
        caches[layer][head].insert(key: pair(width + 2 * head), value: pair(2 * width + 2 * head))
        return caches[layer][head].reading(of: pair(2 * head))
      })
    return readings[layer].flatMap { [$0.values.x, $0.values.y] }
  }

  private static func product(_ rows: [[Summand]], _ vector: [Double]) -> [Double] {
    rows.map { row in row.reduce(0) { $0 + $1.weight * vector[$1.column] } }
  }

  /// The weights of each row in the order in which every engine adds them: large ones first.
  private static func rows(_ matrix: Matrix) -> [[Summand]] {
    (0..<matrix.rows).map { row in
      let summands = matrix.row(row).enumerated().compactMap { $1 == 0 ? nil : Summand(column: $0, weight: $1) }
      return summands.filter { abs($0.weight) >= 0x1p40 } + summands.filter { abs($0.weight) < 0x1p40 }
    }
  }

  private static func sum(_ stream: [Double], _ change: [Double], erasing slots: [Int]) -> [Double] {
    var sum = zip(stream, change).map { $0 + $1 }
    for slot in slots { sum[slot] = 0 }
    return sum
  }
}
