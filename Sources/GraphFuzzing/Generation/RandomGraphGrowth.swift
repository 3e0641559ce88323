import Graph
import ProgramGenerator

/// A random graph in the making: integers of modest size, by every primitive.
///
/// What an operation reads is drawn from what was made before, recent things preferred, so that graphs become deep. Every
/// value's magnitude is bounded, so that everything a graph promises to be exact is.
struct RandomGraphGrowth {
  /// An integer expression, a bound of its magnitude, and what tells it from others.
  struct Value {
    let expression: Expression
    let bound: Double
    /// The construct that made it; −1 for inputs.
    let construct: Int
    /// Its number among those of the construct.
    let number: Int
  }

  /// The greatest magnitude of a value that may be read again.
  static let limit = 0x1p20
  /// The positions that a run may have at most, so that sums are bounded too.
  static let longestRun = 100.0
  /// The first token of a run; all others have an embedding.
  static let firstToken = "first"
  /// What every graph ends with.
  private static let lastConstruct = Int.max >> 8
  /// Constructs that count as recent.
  private static let recentCount = 4

  var random: RandomSource
  var builder = GraphBuilder()
  var values: [Value] = []
  /// 0 or 1 each, never both 1.
  private(set) var flags: [Expression] = []
  private(set) var operationCount = 0
  private let seed: UInt64
  private var columns: [Expression] = []
  private var construct = -1
  private var valueCount = 0
  private var nameCount = 0

  init(seed: UInt64) {
    self.seed = seed
    random = RandomSource(seed: seed)
    columns = (0..<4).map { builder.input("column\($0)") }
    flags = (0..<2).map { builder.input("flag\($0)") }
    for column in columns { append(column, bound: 9, cost: 0) }
    for flag in flags + [builder.one] { append(flag, bound: 1, cost: 0) }
    append(builder.position, bound: Self.longestRun, cost: 0)
  }

  /// Adds the construct with a number.
  mutating func grow(construct number: Int) {
    begin(construct: number)
    grow()
  }

  private mutating func begin(construct number: Int) {
    construct = number
    valueCount = 0
    nameCount = 0
    random = RandomSource(seed: seed ^ RandomSource.mixed(UInt64(truncatingIfNeeded: number)))
  }

  /// A value made before whose bound is at most `limit`: of those that there are, the one that a number drawn puts first.
  mutating func pick(atMost limit: Double = limit) -> Value {
    let prefersRecent = random.isOnce(in: 2)
    let order = random.bits()
    let allowed = values.filter { $0.bound <= limit }
    let recent = allowed.filter { $0.construct >= construct - Self.recentCount }
    let candidates = prefersRecent && !recent.isEmpty ? recent : allowed
    func rank(_ value: Value) -> UInt64 {
      RandomSource.mixed(order ^ RandomSource.mixed(UInt64(truncatingIfNeeded: value.construct << 8 | value.number)))
    }
    return candidates.max { rank($0) < rank($1) } ?? values[0]
  }

  /// A sum of one to three values with small coefficients.
  mutating func combination(atMost limit: Double = limit) -> (expression: Expression, bound: Double) {
    var expression = Expression.zero
    var bound = 0.0
    for _ in 0...random.number(in: 0...2) {
      let value = pick(atMost: limit)
      let factor = Double(random.number(in: -3...3))
      if bound + abs(factor) * value.bound > limit { continue }
      expression += factor * value.expression
      bound += abs(factor) * value.bound
    }
    guard expression == .zero else { return (expression, bound) }
    let value = pick(atMost: limit)
    return (value.expression, value.bound)
  }

  mutating func name(_ kind: String) -> String {
    nameCount += 1
    return construct == Self.lastConstruct ? "\(kind).\(nameCount)" : "\(kind)\(construct).\(nameCount)"
  }

  mutating func append(_ expression: Expression, bound: Double, cost: Int) {
    operationCount += cost
    guard bound <= Self.limit else { return }
    values.append(Value(expression: expression, bound: max(bound, 1), construct: construct, number: valueCount))
    valueCount += 1
  }

  /// Scores by random sums of exact values, and by the distance to a token's number.
  mutating func finish() throws(GraphError) -> ComputationGraph {
    begin(construct: Self.lastConstruct)
    let tokenCount = random.number(in: 4...30)
    growChain()
    let answer = pick().expression
    var tokens = [TokenDefinition(text: Self.firstToken, embedding: [:], score: .zero)]
    for token in 1..<tokenCount {
      var embedding: [Dimension: Double] = [:]
      for column in columns { embedding[column.dimensions[0]] = Double(random.number(in: -9...9)) }
      if let flag = random.pick(flags + [nil]) ?? nil { embedding[flag.dimensions[0]] = 1 }
      let own = Double(token)
      let nearness = (2 * own) * answer - (own * own) * builder.one
      let score = random.isOnce(in: 2) ? nearness : combination().expression
      tokens.append(TokenDefinition(text: "token\(token)", embedding: embedding, score: score))
    }
    return try builder.finish(tokens: tokens, keeping: values.map(\.expression))
  }
}

extension RandomSource {
  /// A number that no longer shows what it was made of.
  fileprivate static func mixed(_ number: UInt64) -> UInt64 {
    var source = RandomSource(seed: number)
    return source.bits()
  }
}
