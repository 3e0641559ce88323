import Graph
import Scheduler

/// Small graphs whose best schedules can be found by hand.
enum TestGraphs {
  /// Inputs that are each stored anew `length` times, one after another.
  static func chains(count: Int, length: Int) throws -> ComputationGraph {
    var builder = GraphBuilder()
    var ends: [Expression] = []
    for chain in 0..<count {
      var end = builder.input("input\(chain)")
      for step in 0..<length { end = builder.persist(2 * end, name: "link\(chain).\(step)") }
      ends.append(end)
    }
    return try builder.finish(tokens: [token(ends)])
  }

  /// One input that several heads gather from earlier positions, and the sum of what they find.
  static func gathers(count: Int) throws -> ComputationGraph {
    var builder = GraphBuilder()
    let input = builder.input("input")
    var sum = Expression.zero
    for distance in 1...count {
      let query = builder.position - Double(distance) * builder.one
      sum += builder.gather([input], at: query, name: "before\(distance)")[0]
    }
    let stored = builder.persist(sum, name: "sum")
    return try builder.finish(tokens: [token([stored])])
  }

  /// A neuron whose persist is in the same layer, another one that a second layer reads too, a running sum and a table.
  static func allKinds() throws -> ComputationGraph {
    var builder = GraphBuilder()
    let a = builder.input("a")
    let b = builder.input("b")
    let product = builder.reglu(a, b, name: "product")
    let stored = builder.persist(product + a, name: "stored")
    let sums = builder.cumulativeSums([b], names: ["sum"])
    let columns = builder.table([[0, 1, 4, 9], [5, 5, 6, 6]], index: sums[0].exact, name: "table")
    let found = builder.fetch([stored, b], query: a, key: sums[0].exact, clear: b, name: "found")
    let result = builder.reglu(found[0] + columns[0], found[1] + stored, name: "result")
    return try builder.finish(tokens: [token([result, columns[1]]), token([stored])])
  }

  /// A token whose score is the sum.
  static func token(_ expressions: [Expression]) -> TokenDefinition {
    let score = expressions.reduce(Expression.zero, +)
    return TokenDefinition(text: "token\(score.terms.count)", embedding: [:], score: score)
  }
}
