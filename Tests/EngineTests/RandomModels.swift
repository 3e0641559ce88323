import RandomNumbers
import Transformer

/// Random models made of the kinds of heads that engines know shortcuts for, and of heads that only look like them.
struct RandomModel {
  private var sketch: ModelSketch
  private var generator: SplitMix64
  private let hasRecency: Bool
  /// How many weights a row has at most.
  private let density: Int
  /// The key of an earlier head, which another may share.
  private var earlierKey: (ModelSketch.Row, ModelSketch.Row)?

  /// - Parameters:
  ///   - hasRecency: Whether keys may use the recency slot, whose numbers are not integers.
  static func make(seed: UInt64, hasRecency: Bool) throws -> TransformerModel {
    var random = RandomModel(seed: seed, hasRecency: hasRecency)
    random.fill()
    return try random.sketch.model()
  }

  private init(seed: UInt64, hasRecency: Bool) {
    generator = SplitMix64(seed: seed)
    self.hasRecency = hasRecency
    let isBig = Int.random(in: 0..<8, using: &generator) == 0
    density = isBig ? 6 : 2
    let width = 2 * (isBig ? 12 : Int.random(in: 3...6, using: &generator))
    sketch = ModelSketch(
      tokens: Int.random(in: 2...9, using: &generator), width: width,
      layers: Int.random(in: 1...3, using: &generator), neurons: isBig ? 24 : Int.random(in: 0...5, using: &generator))
  }

  private mutating func chance(_ one: Int, in all: Int) -> Bool {
    Int.random(in: 0..<all, using: &generator) < one
  }

  /// A row of small integers, most of them zero, that reads the recency slot never and the position rarely.
  private mutating func row(atMost limit: Int? = nil) -> ModelSketch.Row {
    var row: ModelSketch.Row = [:]
    for _ in 0..<Int.random(in: 0...(limit ?? density), using: &generator) {
      let slot = chance(1, in: 8) ? 0 : Int.random(in: 3..<sketch.width, using: &generator)
      row[slot] = Double(Int.random(in: -3...3, using: &generator))
    }
    return row
  }

  private mutating func fill() {
    sketch.markOne()
    for token in 1..<sketch.embedding.rows {
      for slot in 4..<sketch.width where chance(1, in: 2) {
        sketch.embedding[token, slot] = Double(Int.random(in: -2...3, using: &generator))
      }
    }
    // Sometimes the premises of the shortcuts fail: the fixed slots or `one` hold something else.
    if chance(1, in: 10) { sketch.embedding[0, Int.random(in: 0...3, using: &generator)] = 2 }
    for layer in sketch.layers.indices { fill(layer) }
    for token in 0..<sketch.head.rows {
      for slot in 3..<sketch.width where chance(1, in: 2) {
        sketch.head[token, slot] = Double(Int.random(in: -5...5, using: &generator))
      }
    }
    if chance(1, in: 3) { sketch.scoreByNumber(slot: Int.random(in: 4..<sketch.width, using: &generator)) }
  }

  private mutating func fill(_ layer: Int) {
    for head in 0..<sketch.width / 2 {
      fillHead(head, layer)
      let firstSlot = chance(1, in: 20) ? 0 : 3
      func slot(_ generator: inout SplitMix64, _ width: Int) -> Int? {
        Int.random(in: 0..<4, using: &generator) == 0 ? nil : Int.random(in: firstSlot..<width, using: &generator)
      }
      sketch.connect(head, layer: layer, to: (slot(&generator, sketch.width), slot(&generator, sketch.width)))
    }
    for neuron in 0..<sketch.neurons {
      for part in [neuron, sketch.neurons + neuron] {
        for (slot, weight) in row() { sketch.layers[layer].feedForwardIn[part, slot] = weight }
      }
      let slot = Int.random(in: 3..<sketch.width, using: &generator)
      sketch.layers[layer].feedForwardOut[slot, neuron] = Double(Int.random(in: -1...1, using: &generator))
    }
    let width = sketch.width
    sketch.layers[layer].erasedAfterAttention = (3..<width).filter { _ in chance(1, in: 6) }
    sketch.layers[layer].erasedAfterFeedForward = (3..<width).filter { _ in chance(1, in: 6) }
  }

  private mutating func fillHead(_ head: Int, _ layer: Int) {
    let one = ModelSketch.one
    let hardness = 1024.0
    let rule: TransformerLayer.TieRule = chance(1, in: 2) ? .latest : .average
    let recency = hasRecency && chance(2, in: 3) ? 0.3 : 0
    var query: (ModelSketch.Row, ModelSketch.Row) = (row(), chance(3, in: 4) ? [one: hardness] : row())
    var key: (ModelSketch.Row, ModelSketch.Row)
    switch Int.random(in: 0..<7, using: &generator) {
    case 0:  // its own position
      query = ([0: hardness], [one: hardness])
      key = ([0: 2], [one: 1])
    case 1:  // almost its own position
      query = ([0: chance(1, in: 2) ? -1 : 1], row(atMost: 1))
      key = ([0: 2], row(atMost: 1))
    case 2:  // a position
      query.0 = query.0.mapValues { $0 * hardness / (chance(1, in: 3) ? 2 : 1) }
      key = ([0: 2], [1: recency, 2: -1])
    case 3:  // a running mean
      query = ([:], [one: hardness])
      key = ([:], [one: 1])
    case 4:  // the latest that is not hidden
      key = ([:], [1: recency, Int.random(in: 3..<sketch.width, using: &generator): -1e30])
    case 5:  // a horizontal line
      key = (row(), [:])
    default:
      key = (row(), row())
    }
    if chance(1, in: 4), let earlierKey { key = earlierKey }
    earlierKey = key
    sketch.setHead(head, layer: layer, query: query, key: key, values: (row(), row()), rule: rule)
  }
}
