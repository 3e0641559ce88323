import Transformer

/// The forward pass in its simplest form, written from the definition and sharing no code with the engines.
///
/// Scores are plain products, so it is right where they are exact: small integer weights and no recency term.
struct PlainTransformer {
  private let model: TransformerModel
  private var keys: [[[Double]]]  // [layers · heads, positions, 2]
  private var values: [[[Double]]]  // [layers · heads, positions, 2]
  private var position = 0

  init(_ model: TransformerModel) {
    self.model = model
    keys = Array(repeating: [], count: model.layers.count * model.headCount)
    values = keys
  }

  private func product(_ matrix: Matrix, _ vector: [Double]) -> [Double] {
    (0..<matrix.rows).map { row in zip(matrix.row(row), vector).reduce(0) { $0 + $1.0 * $1.1 } }
  }

  mutating func step(_ token: Int) -> Int {
    var stream = Array(model.embedding.row(token))
    let encoding = PositionEncoding(position)
    stream[0] += encoding.position
    stream[1] += encoding.inverseLog
    stream[2] += encoding.square
    for (index, layer) in model.layers.enumerated() {
      let projected = product(layer.inProjection, stream)
      let attended = (0..<model.headCount).flatMap { attend(layer, index, head: $0, projected) }
      for (slot, change) in product(layer.outProjection, attended).enumerated() { stream[slot] += change }
      for slot in layer.erasedAfterAttention { stream[slot] = 0 }
      let gated = product(layer.feedForwardIn, stream)
      let neurons = model.feedForwardWidth
      let hidden = (0..<neurons).map { max(gated[$0], 0) * gated[neurons + $0] }
      for (slot, change) in product(layer.feedForwardOut, hidden).enumerated() { stream[slot] += change }
      for slot in layer.erasedAfterFeedForward { stream[slot] = 0 }
    }
    position += 1
    let scores = product(model.head, stream)
    return scores.firstIndex(of: scores.max() ?? 0) ?? 0
  }

  private mutating func attend(
    _ layer: TransformerLayer, _ index: Int, head: Int, _ projected: [Double]
  ) -> [Double] {
    let width = model.modelWidth
    let place = index * model.headCount + head
    keys[place].append(Array(projected[width + 2 * head..<width + 2 * head + 2]))
    values[place].append(Array(projected[2 * width + 2 * head..<2 * width + 2 * head + 2]))
    let scores = keys[place].map { $0[0] * projected[2 * head] + $0[1] * projected[2 * head + 1] }
    let winners = scores.indices.filter { scores[$0] == scores.max() }
    if layer.tieRules[head] == .latest, let last = winners.last { return values[place][last] }
    return (0..<2).map { part in
      winners.reduce(0) { $0 + values[place][$1][part] } / Double(winners.count)
    }
  }
}
