import Engine
import Testing
import Transformer

@Suite struct ExecutionPlanTests {
  /// Two layers with a head of every use. Slot 5 is a number, which the first layer's neuron squares into slot 6.
  private static func sketch() -> ModelSketch {
    let one = ModelSketch.one
    let up: ModelSketch.Row = [one: 1]
    var sketch = ModelSketch(tokens: 6, width: 14, layers: 2)
    sketch.markOne()
    for token in 1..<6 {
      sketch.embedding[token, 4] = Double(token) - 2.5
      sketch.embedding[token, 5] = Double(token)
    }
    sketch.layers[0].feedForwardIn[0, 5] = 1
    sketch.layers[0].feedForwardIn[1, 5] = 1
    sketch.layers[0].feedForwardOut[6, 0] = -1
    sketch.setHead(1, layer: 1, query: ([0: 1], up), key: ([0: 2], up), values: ([4: 1], [:]))
    sketch.setHead(2, layer: 1, query: ([0: 1, one: -1], up), key: ([0: 2], [2: -1]), values: ([4: 1], [:]))
    sketch.setHead(3, layer: 1, query: ([:], up), key: ([:], up), values: ([4: 1], [:]), rule: .average)
    sketch.setHead(4, layer: 1, query: ([:], up), key: ([:], [4: 1]), values: ([5: 1], [:]))
    sketch.setHead(5, layer: 1, query: ([4: 1], up), key: ([5: 2], [6: 1, 1: 0.25]), values: ([5: 1], [:]))
    sketch.setHead(6, layer: 1, query: ([4: 1], up), key: ([5: 1], [4: 1]), values: ([5: 1], [:]))
    for head in 1..<7 { sketch.connect(head, layer: 1, to: (7 + head, nil)) }
    for slot in 8..<14 { sketch.head[slot % 6, slot] = Double(slot) }
    return sketch
  }

  @Test func everyHeadSaysHowItIsTreated() throws {
    let uses = try Self.sketch().model().headUses()
    #expect(uses[0] == Array(repeating: .unused, count: 7))
    #expect(uses[1] == [.unused, .passthrough, .gather, .runningMean, .line, .integerKey, .hull])
  }

  /// Keys that are nearly parabolas are none.
  @Test func keysAreIntegersOnlyOnTheParabolaOfTheirOwnNumber() throws {
    let keys: [(ModelSketch.Row, ModelSketch.Row, TransformerLayer.TieRule, HeadUse)] = [
      ([5: 2], [6: 1], .latest, .integerKey), ([5: 2], [6: 1, 4: -1e30], .latest, .integerKey),
      ([5: 2], [6: 1], .average, .hull), ([5: 1], [6: 1], .latest, .hull), ([5: -2], [6: 1], .latest, .hull),
      ([4: 2], [6: 1], .latest, .hull), ([5: 2], [6: -1], .latest, .hull), ([5: 2], [4: 1], .latest, .hull),
    ]
    for (number, key) in keys.enumerated() {
      var sketch = Self.sketch()
      for row in 0..<2 {
        for slot in 0..<14 { sketch.layers[1].inProjection[14 + 10 + row, slot] = 0 }
      }
      let query: (ModelSketch.Row, ModelSketch.Row) = ([4: 1], [ModelSketch.one: 1])
      sketch.setHead(5, layer: 1, query: query, key: (key.0, key.1), values: ([5: 1], [:]), rule: key.2)
      #expect(try sketch.model().headUses()[1][5] == key.3, "key \(number)")
    }
  }

  @Test func thePlanIsPrintedAsItIsRun() throws {
    let plan = ExecutionPlan(of: try Self.sketch().model())
    #expect(
      plan.description == """
        embedding: 3 columns
        level 1: 2 sums of 3 products, 1 neuron, 1 key set, 1 running mean head, 1 line head, 1 hull head
        level 2: 1 sum of 1 product, 1 gather head
        level 3: 1 sum of 2 products
        level 4: 1 key set, 1 integer key head
        output head: 6 rows scored
        """)
  }
}
