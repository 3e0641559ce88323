import Graph
import Testing

/// The only dimension of an expression that is one.
private func dimension(_ expression: Expression) -> Dimension? {
  expression.terms.count == 1 ? expression.dimensions.first : nil
}

struct GraphBuilderTests {
  @Test func equalComputationsAreMadeOnce() {
    var builder = GraphBuilder()
    let a = builder.input("a")
    let b = builder.input("b")
    let neuron = builder.reglu(a, b, name: "neuron")
    #expect(builder.reglu(a, b, name: "again") == neuron)
    #expect(builder.reglu(b, a, name: "other") != neuron)
    let stored = builder.persist(a + b, name: "stored")
    #expect(builder.persist(b + a, name: "again") == stored)
    #expect(builder.persist(a - b, name: "other") != stored)
    let step = builder.stepglu(a, b, name: "step")
    #expect(builder.stepglu(a, b, name: "again") == step)
    let found = builder.gather([a], at: b, name: "found")
    #expect(builder.gather([a], at: b, name: "again") == found)
    #expect(builder.gather([b], at: b, name: "other") != found)
    let means = builder.average([a], name: "mean")
    #expect(builder.average([a], name: "again") == means)
    let column = builder.table([[1, 2]], index: a, name: "table")
    #expect(builder.table([[1, 2]], index: a, name: "again") == column)
    #expect(builder.table([[1, 3]], index: a, name: "other") != column)
    let sums = builder.cumulativeSums([a], names: ["sum"])
    #expect(builder.cumulativeSums([a], names: ["again"]) == sums)
  }

  @Test func headsDifferByTheirTieRule() {
    var builder = GraphBuilder()
    let a = builder.input("a")
    let point = PlanePoint(a, builder.one)
    let latest = builder.lookup(values: [a], query: point, key: point, rule: .latest, name: "head")
    let average = builder.lookup(values: [a], query: point, key: point, rule: .average, name: "head")
    #expect(latest != average)
  }

  @Test func eachInputIsItsOwn() {
    var builder = GraphBuilder()
    #expect(builder.input("same") != builder.input("same"))
  }

  @Test func namesAreMadeUnique() throws {
    var builder = GraphBuilder()
    let inputs = ["x", "x", "x#2", "x", "one"].map { builder.input($0) }
    let head = builder.gather([inputs[0], inputs[1]], at: inputs[2], name: "x")
    let score = (inputs + head).reduce(.zero, +)
    let graph = try builder.finish(tokens: [TokenDefinition(text: "t", embedding: [:], score: score)])
    let names = graph.nodes.map(\.name) + graph.lookups.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(
      graph.nodes.map(\.name) == [
        "one", "position", "inv_log_position", "position_squared",
        "x", "x#2", "x#2#2", "x#3", "one#2", "x#4.0", "x#4.1",
      ])
    #expect(graph.lookups.map(\.name) == ["x#4"])
  }

  @Test func buildersShareNothing() throws {
    var first = GraphBuilder()
    let a = first.input("a")
    var second = first
    let inFirst = first.persist(2 * a, name: "twice")
    let inSecond = second.reglu(a, a, name: "square")
    #expect(dimension(inFirst) == dimension(inSecond), "both take the next free place of their own graph")
    let graphs = try [(first, inFirst), (second, inSecond)].map { builder, score in
      try builder.finish(tokens: [TokenDefinition(text: "t", embedding: [:], score: score)])
    }
    #expect(graphs[0].nodes.last?.name == "twice")
    #expect(graphs[1].nodes.last?.name == "square")
    var third = GraphBuilder()
    #expect(third.input("a") == a, "a new builder starts from the same empty state")
  }

  @Test func roundedValuesAreMarkedAndSnappedOnesAreNot() throws {
    var builder = GraphBuilder()
    let a = builder.input("a")
    let sum = builder.cumulativeSums([a], names: ["sum"])[0]
    let height = builder.keyHeight(key: a, clear: a, name: "key")
    let derived = builder.persist(sum.product + a, name: "derived")
    let plain = builder.persist(sum.exact + a, name: "plain")
    let gathered = builder.gather([sum.product], at: a, name: "gathered")
    let square = builder.gather([builder.positionSquared], at: a, name: "square")
    let score = [height, derived, plain, gathered[0], square[0]].reduce(.zero, +)
    let graph = try builder.finish(tokens: [TokenDefinition(text: "t", embedding: [:], score: score)])
    let rounded = Set(graph.nodes.filter(\.isRounded).map(\.name))
    #expect(
      rounded == [
        "position_squared", "sum.mean.0", "sum.product", "sum.raised", "key.square", "key.height", "derived",
        "gathered.0", "square.0",
      ])
  }
}
