/// A linear combination of dimensions: what one row of a weight matrix can compute.
///
/// There is no constant term: a constant c is written `c * one`, and is therefore 0 at the first position.
/// Two expressions that combine the same dimensions with the same coefficients are equal.
public struct Expression: Hashable, Sendable {
  /// One dimension and what it is multiplied by.
  public struct Term: Hashable, Sendable {
    public let dimension: Dimension
    public let coefficient: Double

    /// Whether the product is of another order of magnitude than the numbers that a graph counts with: a penalty or a snap.
    public var isLarge: Bool { abs(coefficient) >= 0x1p40 }
  }

  /// The terms in ascending order of their dimension; no coefficient is zero.
  public let terms: [Term]

  /// The expression that is 0 everywhere.
  public static let zero = Expression(terms: [])

  private init(terms: [Term]) {
    self.terms = terms
  }

  /// The dimension itself.
  public init(_ dimension: Dimension) {
    self.terms = [Term(dimension: dimension, coefficient: 1)]
  }

  /// The sum of the given coefficients times their dimensions.
  public init(coefficients: [Dimension: Double]) {
    self.terms = coefficients.filter { $0.value != 0 }
      .sorted { $0.key < $1.key }
      .map { Term(dimension: $0.key, coefficient: $0.value) }
  }

  /// The dimensions that the expression reads, in ascending order.
  public var dimensions: [Dimension] {
    terms.map(\.dimension)
  }

  /// The coefficient of a dimension, 0 when the expression does not read it.
  public subscript(dimension: Dimension) -> Double {
    terms.first { $0.dimension == dimension }?.coefficient ?? 0
  }

  /// The value of the expression where `valueOf` gives the value of each dimension.
  ///
  /// The terms are added in ``summationOrder``.
  public func evaluated(_ valueOf: (Dimension) -> Double) -> Double {
    var sum = 0.0
    for term in summationOrder { sum += term.coefficient * valueOf(term.dimension) }
    return sum
  }

  /// The terms in the order in which they are to be added: large ones first, otherwise by dimension.
  ///
  /// Penalties that cancel must have done so before a small number joins the sum, or it would be rounded away.
  public var summationOrder: [Term] {
    terms.filter(\.isLarge) + terms.filter { !$0.isLarge }
  }

  /// The same expression over other handles.
  package func renamed(_ newHandle: (Dimension) -> Dimension) -> Expression {
    Expression(
      terms: terms.map { Term(dimension: newHandle($0.dimension), coefficient: $0.coefficient) }
        .sorted { $0.dimension < $1.dimension })
  }
}

extension Expression {
  public static func + (left: Expression, right: Expression) -> Expression {
    merged(left, right, scale: 1)
  }

  public static func - (left: Expression, right: Expression) -> Expression {
    merged(left, right, scale: -1)
  }

  public static prefix func - (operand: Expression) -> Expression {
    -1 * operand
  }

  public static func * (factor: Double, operand: Expression) -> Expression {
    Expression(
      terms: operand.terms.map { Term(dimension: $0.dimension, coefficient: factor * $0.coefficient) }
        .filter { $0.coefficient != 0 })
  }

  public static func += (left: inout Expression, right: Expression) {
    left = left + right
  }

  public static func -= (left: inout Expression, right: Expression) {
    left = left - right
  }

  /// `left + scale * right`, merging the two ordered lists of terms.
  private static func merged(_ left: Expression, _ right: Expression, scale: Double) -> Expression {
    var terms: [Term] = []
    terms.reserveCapacity(left.terms.count + right.terms.count)
    var rest = left.terms[...]
    for term in right.terms {
      while let first = rest.first, first.dimension < term.dimension {
        terms.append(first)
        rest.removeFirst()
      }
      var coefficient = scale * term.coefficient
      if let first = rest.first, first.dimension == term.dimension {
        coefficient += first.coefficient
        rest.removeFirst()
      }
      if coefficient != 0 { terms.append(Term(dimension: term.dimension, coefficient: coefficient)) }
    }
    terms.append(contentsOf: rest)
    return Expression(terms: terms)
  }
}
