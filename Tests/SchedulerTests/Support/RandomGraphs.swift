import Graph
import RandomNumbers
import Scheduler

/// Graphs made of everything that a builder can make, at random.
struct RandomGraphs {
  private var random: SplitMix64
  private var builder = GraphBuilder()
  private var pool: [Expression] = []

  /// A graph of about the given number of operations.
  static func graph(seed: UInt64, operations: Int, inputs: Int) throws -> ComputationGraph {
    var maker = RandomGraphs(random: SplitMix64(seed: seed))
    maker.pool = (0..<inputs).map { maker.builder.input("input\($0)") } + [maker.builder.position]
    for number in 0..<operations { maker.addOperation(number) }
    let kept = maker.pool.suffix(4)
    let tokens = (0..<3).map { number in
      TokenDefinition(
        text: "token\(number)", embedding: maker.pool.first.map { [$0.dimensions[0]: number == 1 ? 0.5 : 1] } ?? [:],
        score: maker.combination())
    }
    return try maker.builder.finish(tokens: tokens, keeping: Array(kept))
  }

  private mutating func addOperation(_ number: Int) {
    switch random.index(below: 20) {
    case 0..<8: pool.append(builder.reglu(combination(), combination(), name: "reglu\(number)"))
    case 8..<14: pool.append(builder.persist(combination(), name: "persist\(number)"))
    case 14..<16: pool += builder.gather([combination()], at: combination(), name: "gather\(number)")
    case 16:
      let values = [combination(), combination()]
      pool += builder.fetch(
        values, query: combination(), key: combination(), clear: combination(), name: "fetch\(number)")
    case 17:
      let sum = builder.cumulativeSums([combination()], names: ["sum\(number)"])[0]
      pool += [sum.exact, sum.product]
    case 18:
      let means = builder.average([combination(), combination()], name: "mean\(number)")
      pool.append(builder.persist(means[0] + combination(), name: "mean\(number).stored"))
      pool.append(builder.reglu(means[1], combination(), name: "mean\(number).scaled"))
    default:
      pool += builder.table([[0, 1, 3], [2, 1, 1]], index: combination(), name: "table\(number)")
    }
  }

  /// One to three of the expressions so far, mostly recent ones.
  private mutating func combination() -> Expression {
    var sum = Expression.zero
    for _ in 0...random.index(below: 3) {
      let recent = min(pool.count, 8)
      let index =
        random.index(below: 3) == 0 ? random.index(below: pool.count) : pool.count - 1 - random.index(below: recent)
      sum += [1, -1, 2, 0.5][random.index(below: 4)] * pool[index]
    }
    return sum.terms.isEmpty ? builder.one : sum
  }
}
