import Graph

/// A graph of integers of modest size that uses every primitive, grown operation by operation from a seed.
///
/// What an operation reads is drawn from what was made before, recent things preferred, so that graphs become deep. Every
/// value's magnitude is bounded, so that everything a graph promises to be exact is.
struct RandomGraph {
  /// An integer expression and a bound of its magnitude.
  struct Value {
    let expression: Expression
    let bound: Double
  }

  /// The greatest magnitude of a value that may be read again.
  static let limit = 0x1p20
  /// The positions that a run may have at most, so that sums are bounded too.
  static let longestRun = 100.0

  let graph: ComputationGraph
  /// The first token of a run; all others have an embedding.
  static let firstToken = "first"

  /// - Parameters:
  ///   - seed: decides everything.
  ///   - operationCount: the number of operations at least.
  init(seed: UInt64, operationCount: Int) throws {
    var growth = RandomGraphGrowth(seed: seed)
    while growth.operationCount < operationCount { growth.grow() }
    graph = try growth.finish()
  }
}

/// A random graph in the making.
struct RandomGraphGrowth {
  var random: SeededGenerator
  var builder = GraphBuilder()
  var values: [RandomGraph.Value] = []
  /// 0 or 1 each, never both 1.
  private(set) var flags: [Expression] = []
  private var columns: [Expression] = []
  private(set) var operationCount = 0
  private var number = 0

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
    columns = (0..<4).map { builder.input("column\($0)") }
    flags = (0..<2).map { builder.input("flag\($0)") }
    values = columns.map { RandomGraph.Value(expression: $0, bound: 9) }
    values += (flags + [builder.one]).map { RandomGraph.Value(expression: $0, bound: 1) }
    values.append(RandomGraph.Value(expression: builder.position, bound: RandomGraph.longestRun))
  }

  /// A value made before whose bound is at most `limit`.
  mutating func pick(atMost limit: Double = RandomGraph.limit) -> RandomGraph.Value {
    let allowed = values.filter { $0.bound <= limit }
    let recent = Bool.random(using: &random) ? allowed.suffix(6) : allowed[...]
    return recent.randomElement(using: &random) ?? values[0]
  }

  /// A sum of one to three values with small coefficients.
  mutating func combination(atMost limit: Double = RandomGraph.limit) -> RandomGraph.Value {
    var expression = Expression.zero
    var bound = 0.0
    for _ in 0...Int.random(in: 0...2, using: &random) {
      let value = pick(atMost: limit)
      let factor = Double(Int.random(in: -3...3, using: &random))
      if bound + abs(factor) * value.bound > limit { continue }
      expression += factor * value.expression
      bound += abs(factor) * value.bound
    }
    return expression == .zero ? pick(atMost: limit) : RandomGraph.Value(expression: expression, bound: bound)
  }

  mutating func name(_ kind: String) -> String {
    number += 1
    return "\(kind)\(number)"
  }

  mutating func append(_ expression: Expression, bound: Double, cost: Int) {
    operationCount += cost
    if bound <= RandomGraph.limit { values.append(RandomGraph.Value(expression: expression, bound: max(bound, 1))) }
  }

  /// Scores by random sums of exact values, and by the distance to a token's number.
  mutating func finish() throws -> ComputationGraph {
    let tokenCount = Int.random(in: 4...30, using: &random)
    growChain()
    let answer = pick().expression
    var tokens = [TokenDefinition(text: RandomGraph.firstToken, embedding: [:], score: .zero)]
    for token in 1..<tokenCount {
      var embedding: [Dimension: Double] = [:]
      for column in columns { embedding[column.dimensions[0]] = Double(Int.random(in: -9...9, using: &random)) }
      if let flag = (flags + [nil]).randomElement(using: &random) ?? nil { embedding[flag.dimensions[0]] = 1 }
      let own = Double(token)
      let nearness = (2 * own) * answer - (own * own) * builder.one
      tokens.append(
        TokenDefinition(
          text: "token\(token)", embedding: embedding,
          score: Bool.random(using: &random) ? nearness : combination().expression))
    }
    return try builder.finish(tokens: tokens, keeping: values.map(\.expression))
  }
}
