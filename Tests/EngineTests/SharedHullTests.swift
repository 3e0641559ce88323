import Engine
import Testing
import Transformer

/// Dense engines whose gathering heads share hulls.
@Suite struct SharedHullTests {
  /// Two layers of two heads each that gather the same number, one and two tokens back; slot 6 overflows when squared.
  private static func sketch() -> ModelSketch {
    let one = ModelSketch.one
    var sketch = ModelSketch(tokens: 9, width: 12, layers: 2)
    sketch.markOne()
    for token in 1..<9 { sketch.embedding[token, 4] = Double(token) }
    for layer in 0..<2 {
      for head in 0..<2 {
        sketch.setHead(
          head, layer: layer, query: ([0: 1, one: -1 - Double(head)], [one: 1]), key: ([0: 2], [1: 0.25, 2: -1]),
          values: ([4: 1], head == 0 ? [5: 1] : [:]))
        sketch.connect(head, layer: layer, to: (8 + 2 * layer + head, head == 0 ? 7 : nil))
      }
    }
    sketch.layers[0].feedForwardIn[0, 6] = 1
    sketch.layers[0].feedForwardIn[1, 6] = 1
    sketch.layers[0].feedForwardOut[5, 0] = 1
    for token in 0..<9 {
      for slot in 7..<12 { sketch.head[token, slot] = Double((token * 7 + slot * 5) % 11) - 5 }
    }
    return sketch
  }

  private static func compare(_ model: TransformerModel, _ tokens: [Int]) throws -> DenseEngine {
    var hull = DenseEngine(model)
    var reference = DenseEngine(model, attention: .reference)
    for (position, token) in tokens.enumerated() {
      #expect(try hull.step(token) == reference.step(token), "position \(position)")
    }
    #expect(hull.position == tokens.count)
    return hull
  }

  @Test func equalKeysAreSearchedOnce() throws {
    let tokens = (0..<200).map { $0 == 0 ? 0 : 1 + $0 * $0 % 8 }
    #expect(try Self.compare(Self.sketch().model(), tokens).isSharing)
  }

  /// What the weights call equal is no longer equal when the stream overflows: infinity times a weight of zero is not a number.
  @Test func overflowEndsTheSharing() throws {
    var sketch = Self.sketch()
    sketch.embedding[8, 6] = 1e200
    let calm = (0..<60).map { $0 == 0 ? 0 : 1 + $0 * $0 % 7 }
    let model = try sketch.model()
    #expect(try Self.compare(model, calm).isSharing)
    #expect(try !Self.compare(model, calm + [8] + calm.dropFirst()).isSharing)
  }
}
