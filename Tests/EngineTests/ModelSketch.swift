import Transformer

/// A model under construction: all weights zero until a test says otherwise.
///
/// Slots 0, 1 and 2 hold the position; by convention slot 3 is `one`.
struct ModelSketch {
  struct Layer {
    var inProjection: Matrix  // [3D, D]
    var outProjection: Matrix  // [D, D]
    var feedForwardIn: Matrix  // [2F, D]
    var feedForwardOut: Matrix  // [D, F]
    var erasedAfterAttention: [Int] = []
    var erasedAfterFeedForward: [Int] = []
    var tieRules: [TransformerLayer.TieRule]
  }

  /// Weights by slot.
  typealias Row = [Int: Double]

  static let one = 3
  let width: Int
  let neurons: Int
  var embedding: Matrix
  var layers: [Layer] = []
  var head: Matrix

  init(tokens: Int, width: Int, layers: Int = 1, neurons: Int = 1) {
    self.width = width
    self.neurons = neurons
    embedding = Matrix(rows: tokens, columns: width)
    head = Matrix(rows: tokens, columns: width)
    let empty = Layer(
      inProjection: Matrix(rows: 3 * width, columns: width), outProjection: Matrix(rows: width, columns: width),
      feedForwardIn: Matrix(rows: 2 * neurons, columns: width), feedForwardOut: Matrix(rows: width, columns: neurons),
      tieRules: Array(repeating: .latest, count: width / 2))
    self.layers = Array(repeating: empty, count: layers)
  }

  /// Gives every token but the first a 1 in the slot `one`.
  mutating func markOne() {
    for token in 1..<embedding.rows { embedding[token, Self.one] = 1 }
  }

  /// Sets a head's rows: query, key and value, each of two coordinates.
  mutating func setHead(
    _ head: Int, layer: Int = 0, query: (Row, Row), key: (Row, Row), values: (Row, Row),
    rule: TransformerLayer.TieRule = .latest
  ) {
    for (third, rows) in [query, key, values].enumerated() {
      for (slot, weight) in rows.0 { layers[layer].inProjection[third * width + 2 * head, slot] = weight }
      for (slot, weight) in rows.1 { layers[layer].inProjection[third * width + 2 * head + 1, slot] = weight }
    }
    layers[layer].tieRules[head] = rule
  }

  /// Sends a head's two values to slots.
  mutating func connect(_ head: Int, layer: Int = 0, to slots: (Int?, Int?)) {
    if let slot = slots.0 { layers[layer].outProjection[slot, 2 * head] = 1 }
    if let slot = slots.1 { layers[layer].outProjection[slot, 2 * head + 1] = 1 }
  }

  /// Lets token p win where the slot holds the number p: scores 2 · p · slot − p² · one.
  mutating func scoreByNumber(slot: Int) {
    for token in 0..<head.rows {
      head[token, slot] = 2 * Double(token)
      head[token, Self.one] = -Double(token * token)
    }
  }

  func model() throws -> TransformerModel {
    try TransformerModel(
      vocabulary: (0..<embedding.rows).map { "t\($0)" }, stopToken: 0, embedding: embedding,
      layers: layers.map { layer in
        TransformerLayer(
          inProjection: layer.inProjection, outProjection: layer.outProjection, feedForwardIn: layer.feedForwardIn,
          feedForwardOut: layer.feedForwardOut, erasedAfterAttention: layer.erasedAfterAttention,
          erasedAfterFeedForward: layer.erasedAfterFeedForward, tieRules: layer.tieRules,
          headRoles: Array(repeating: .lookup, count: width / 2))
      }, head: head)
  }
}
