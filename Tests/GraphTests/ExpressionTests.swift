import Graph
import Testing

struct ExpressionTests {
  private let a: Expression
  private let b: Expression
  private let c: Expression

  init() {
    var builder = GraphBuilder()
    a = builder.input("a")
    b = builder.input("b")
    c = builder.input("c")
  }

  @Test func equalCombinationsAreEqualHoweverTheyAreWritten() {
    #expect(a + b == b + a)
    #expect(a + a == 2 * a)
    #expect(-(a - b) == b - a)
    #expect((a + b + c) - b == a + c)
    #expect(0.5 * (a + 3 * b) == 1.5 * b + 0.5 * a)
    #expect(Set([a + b, b + a, a - (-1 * b)]).count == 1)
  }

  @Test func whatCancelsLeavesNoTerm() {
    #expect(a - a == .zero)
    #expect((2 * a + b) - 2 * a == b)
    #expect(0 * (a + b) == .zero)
    #expect(Expression.zero + .zero == .zero)
    #expect((1e-200 * (1e-200 * a)).terms.isEmpty)
    #expect(Expression(coefficients: [a.dimensions[0]: 0, b.dimensions[0]: 2]) == 2 * b)
  }

  @Test func termsAscendAndCoefficientsCanBeAsked() {
    let sum = 3 * c - 2 * a
    #expect(sum.dimensions == a.dimensions + c.dimensions)
    #expect(sum[a.dimensions[0]] == -2)
    #expect(sum[b.dimensions[0]] == 0)
    #expect(sum[c.dimensions[0]] == 3)
  }

  @Test func compoundAssignmentAddsAndSubtracts() {
    var sum = a
    sum += b
    sum -= 2 * a
    #expect(sum == b - a)
  }

  /// Every pair of expressions over three dimensions with coefficients −1, 0 and 1, against plain arrays.
  @Test func arithmeticMatchesVectorsOnAllSmallCases() {
    let handles = [a, b, c].map { $0.dimensions[0] }
    let vectors = (0..<27).map { code in [code % 3 - 1, code / 3 % 3 - 1, code / 9 - 1].map(Double.init) }
    func expression(_ vector: [Double]) -> Expression {
      Expression(coefficients: Dictionary(uniqueKeysWithValues: zip(handles, vector)))
    }
    for left in vectors {
      for right in vectors {
        #expect(expression(left) + expression(right) == expression(zip(left, right).map(+)))
        #expect(expression(left) - expression(right) == expression(zip(left, right).map(-)))
        #expect(-2.5 * expression(left) == expression(left.map { -2.5 * $0 }))
      }
    }
  }

  @Test func largeTermsCancelBeforeSmallOnesJoin() {
    let penalty = GraphBuilder.penalty
    let expression = penalty * a - 7 * b - penalty * c
    #expect(expression.summationOrder.map(\.dimension) == a.dimensions + c.dimensions + b.dimensions)
    #expect(expression.terms.map(\.isLarge) == [true, false, true])
    #expect(expression.evaluated { _ in 1 } == -7)
    #expect(expression.evaluated { $0 == a.dimensions[0] ? 0 : 1 } == -penalty)
  }
}
