extension GraphBuilder {
  /// `value` where `condition` ≥ 0, else 0, for an integer `condition`.
  ///
  /// relu(condition + 1) · value − relu(condition) · value: two neurons and a persist.
  public mutating func stepglu(_ value: Expression, _ condition: Expression, name: String) -> Expression {
    let sum = step(value, condition, name: name)
    return persist(sum, name: name)
  }

  /// The two neurons of ``stepglu(_:_:name:)`` without the persist, for sums that are stored as one.
  public mutating func step(_ value: Expression, _ condition: Expression, name: String) -> Expression {
    let upper = reglu(value, condition + one, name: "\(name).upper")
    let lower = reglu(value, condition, name: "\(name).lower")
    return upper - lower
  }

  /// `value` where the integer `condition` is 0, else 0: three neurons, to be stored as a sum.
  public mutating func whereZero(_ value: Expression, _ condition: Expression, name: String) -> Expression {
    let upper = reglu(value, condition + one, name: "\(name).upper")
    let middle = reglu(value, condition, name: "\(name).middle")
    let lower = reglu(value, condition - one, name: "\(name).lower")
    return upper - 2 * middle + lower
  }

  /// The product of two expressions: two neurons, or one when `right` is known never to be negative.
  public mutating func product(
    _ left: Expression, _ right: Expression, rightIsNonNegative: Bool = false, name: String
  ) -> Expression {
    let positive = reglu(left, right, name: "\(name).positive")
    if rightIsNonNegative { return positive }
    return positive - reglu(left, -right, name: "\(name).negative")
  }
}
