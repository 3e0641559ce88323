extension GraphBuilder {
  /// What is subtracted from a hidden key's second coordinate.
  public static let penalty = 1e30
  /// The weight of the recency term in the second coordinate of a latest-rule key.
  public static let recency = 0.3
  /// 1.5 · 2⁵²: adding it rounds to an integer, and subtracting it again gives that integer.
  public static let snap = 0x1.8p52

  /// The values at the position where the integer `key` equals the integer `query`; the nearest key when none does.
  ///
  /// The key becomes the point (2·key, −key²) of a parabola, so that the score is greatest where key = query. Of several
  /// equal keys the latest wins.
  /// - Parameters:
  ///   - keySquare: key², when the graph already has it; otherwise it costs a neuron, right for keys ≥ 0.
  ///   - clear: 0 where the key is visible and an integer ≥ 1 where it must not be found.
  public mutating func fetch(
    _ values: [Expression], query: Expression, key: Expression, keySquare: Expression? = nil, clear: Expression? = nil,
    name: String
  ) -> [Expression] {
    let height = keyHeight(key: key, keySquare: keySquare, clear: clear, name: name)
    return fetch(values, query: query, key: key, height: height, name: name)
  }

  /// As above, with the second coordinate −key² − 10³⁰ · clear already stored.
  public mutating func fetch(
    _ values: [Expression], query: Expression, key: Expression, height: Expression, name: String
  ) -> [Expression] {
    lookup(
      values: values, query: PlanePoint(query, one),
      key: PlanePoint(2 * key, height + Self.recency * inverseLogPosition), rule: .latest, name: name)
  }

  /// −key² − 10³⁰ · clear, stored in one slot where it is a sum, so that several lookups can share it.
  ///
  /// A `clear` that is itself a sum is stored first. The penalties of a visible key would cancel in any case, but a square
  /// added between them would be lost: 10³⁰ times a 0 is exact in whatever order an engine adds.
  public mutating func keyHeight(
    key: Expression, keySquare: Expression? = nil, clear: Expression? = nil, name: String
  ) -> Expression {
    let square = keySquare ?? squared(key, name: "\(name).square")
    guard let clear else { return -square }
    let flag = clear.terms.count > 1 ? persist(clear, name: "\(name).clear") : clear
    if square == .zero { return -Self.penalty * flag }
    return persist(-square - Self.penalty * flag, name: "\(name).height")
  }

  private mutating func squared(_ key: Expression, name: String) -> Expression {
    let square = reglu(key, key, name: name)
    markRounded(square)
    return square
  }

  /// The values at position `query` (nearest, from 0 to the current one).
  public mutating func gather(_ values: [Expression], at query: Expression, name: String) -> [Expression] {
    fetch(values, query: query, key: position, keySquare: positionSquared, name: name)
  }

  /// The means of the values over the positions 1…t, as one head.
  public mutating func average(_ values: [Expression], name: String) -> [Expression] {
    lookup(
      values: values, query: PlanePoint(.zero, one), key: PlanePoint(.zero, one), rule: .average, name: name)
  }

  /// One or two expressions summed over the positions 1…t, as one head.
  public mutating func cumulativeSums(_ expressions: [Expression], names: [String]) -> [CumulativeSum] {
    let means = average(expressions, name: names.joined(separator: "+") + ".mean")
    let count = position
    return zip(means, names).map { mean, name in
      let product = reglu(mean, count, name: "\(name).product")
      return CumulativeSum(product: product, exact: rounded(product, name: name))
    }
  }

  /// The integer nearest to a dimension whose magnitude is below 2⁵¹.
  ///
  /// The expression should be a dimension, or a sum of integers but for one dimension: of a sum of fractions each would be rounded.
  public mutating func rounded(_ expression: Expression, name: String) -> Expression {
    let raised = persist(expression + Self.snap * one, name: "\(name).raised")
    return persist(raised - Self.snap * one, name: name, isExact: true)
  }

  private mutating func markRounded(_ expression: Expression) {
    for dimension in expression.dimensions {
      let node = nodes[dimension.index]
      nodes[dimension.index] = Node(name: node.name, definition: node.definition, isRounded: true)
    }
  }
}

/// A sum over all positions so far, in two forms.
public struct CumulativeSum: Hashable, Sendable {
  /// mean · position: available in the layer of the averaging head, off by at most a few units in the last place.
  public let product: Expression
  /// The integer nearest to the product (for sums of integers below 2⁵¹): right for keys, which must be equal to the bit.
  public let exact: Expression
}
