import Transformer

/// A model of one head whose key, query and value each token brings along.
struct KeyedModel {
  /// What a token brings: a key, a query and a value. The value is the next token's number.
  struct Token {
    var key: (x: Double, y: Double)
    var query: (x: Double, y: Double)
    var value: Double

    /// The key of a number, higher by a small term; the query of a number.
    init(number: Int, excess: Double = 0, query: Double, value: Int) {
      key = (2 * Double(number), excess - Double(number * number))
      self.query = (query, 1)
      self.value = Double(value)
    }

    init(key: (x: Double, y: Double), query: (x: Double, y: Double), value: Int) {
      self.key = key
      self.query = query
      self.value = Double(value)
    }
  }

  private static let result = 10

  /// - Parameter recency: The weight of the recency slot in the key's second coordinate.
  static func model(
    _ tokens: [Token], recency: Double = 0, rule: TransformerLayer.TieRule = .latest
  ) throws -> TransformerModel {
    var sketch = ModelSketch(tokens: tokens.count, width: 12)
    sketch.markOne()
    for (token, content) in tokens.enumerated() {
      let numbers = [content.key.x, content.key.y, content.query.x, content.query.y, content.value]
      for (slot, number) in numbers.enumerated() { sketch.embedding[token, 4 + slot] = number }
    }
    sketch.setHead(0, query: ([6: 1], [7: 1]), key: ([4: 1], [5: 1, 1: recency]), values: ([8: 1], [:]), rule: rule)
    sketch.connect(0, to: (result, nil))
    sketch.scoreByNumber(slot: result)
    return try sketch.model()
  }
}
