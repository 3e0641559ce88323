import Graph
import Testing

struct GraphFinishTests {
  @Test func theSmallestGraphHasTheBuiltInInputs() throws {
    let graph = try GraphBuilder().finish(tokens: [TokenDefinition(text: "t", embedding: [:], score: .zero)])
    #expect(graph.nodes.map(\.definition) == BuiltInInput.allCases.map { .builtIn($0) })
    #expect(graph.operations.isEmpty)
    #expect(graph.headDimensions.isEmpty)
    for input in BuiltInInput.allCases {
      #expect(graph.name(of: graph.dimension(of: input)) == input.rawValue)
    }
  }

  @Test func whatNoScoreNeedsIsDropped() throws {
    var builder = GraphBuilder()
    let used = builder.input("used")
    let unused = builder.input("unused")
    _ = builder.reglu(unused, used, name: "dead_neuron")
    _ = builder.gather([unused], at: used, name: "dead_head")
    _ = builder.table([[1, 2]], index: unused, name: "dead_table")
    let head = builder.gather([used, builder.position], at: used, name: "head")
    let table = builder.table([[1, 2], [0, 1]], index: used, name: "table")
    let answer = builder.persist(head[0] + table[1], name: "answer")
    let embedding = Dictionary(uniqueKeysWithValues: (used + unused).dimensions.map { ($0, 3.0) })
    let graph = try builder.finish(tokens: [TokenDefinition(text: "t", embedding: embedding, score: answer)])
    #expect(
      graph.nodes.dropFirst(4).map(\.name) == ["used", "head.0", "head.1", "table.0", "table.1", "answer"])
    #expect(graph.operations.map(\.name) == ["head", "table", "answer"])
    #expect(graph.operations.map(\.kind) == [.lookup(0), .table(0), .persist])
    #expect(graph.tokens[0].embedding == [graph.inputDimensions[4]: 3])
  }

  @Test func keptExpressionsSurvivePruning() throws {
    var builder = GraphBuilder()
    let a = builder.input("a")
    let spare = builder.persist(a, name: "spare")
    _ = builder.persist(2 * a, name: "dropped")
    let tokens = [TokenDefinition(text: "t", embedding: [:], score: .zero)]
    let graph = try builder.finish(tokens: tokens, keeping: [spare])
    #expect(graph.nodes.dropFirst(4).map(\.name) == ["a", "spare"])
    #expect(try builder.finish(tokens: tokens).nodes.count == 4)
  }

  @Test func handlesAreRenumberedConsistently() throws {
    var builder = GraphBuilder()
    _ = builder.input("dropped")
    let a = builder.input("a")
    let b = builder.input("b")
    _ = builder.gather([b], at: b, name: "dropped_head")
    let head = builder.lookup(
      values: [a], query: PlanePoint(b, builder.one), key: PlanePoint(a, b), rule: .average, name: "head")
    let answer = builder.reglu(head[0] - 2 * a, b, name: "answer")
    let graph = try builder.finish(
      tokens: [TokenDefinition(text: "t", embedding: [:], score: 5 * answer)], outputs: [answer])
    func named(_ name: String) throws -> Expression {
      Expression(Dimension(index: try #require(graph.nodes.firstIndex { $0.name == name })))
    }
    let lookup = graph.lookups[0]
    #expect(try lookup.values == [named("a")])
    #expect(try lookup.query == PlanePoint(named("b"), named("one")))
    #expect(try lookup.key == PlanePoint(named("a"), named("b")))
    #expect(try lookup.outputs == named("head.0").dimensions)
    #expect(graph.nodes[lookup.outputs[0].index].definition == .lookupValue(lookup: 0, index: 0))
    let last = try #require(graph.nodes.last)
    #expect(try last.definition == .reglu(value: named("head.0") - 2 * named("a"), gate: named("b")))
    #expect(try graph.tokens[0].score == 5 * named("answer"))
    #expect(try graph.headDimensions == named("answer").dimensions)
  }

  @Test func operationsReadOnlyWhatIsComputedBefore() throws {
    var builder = GraphBuilder()
    let a = builder.input("a")
    let sums = builder.cumulativeSums([a, builder.one], names: ["x", "y"])
    let table = builder.table([[0, 1, 4]], index: sums[0].exact, name: "square")
    let answer = builder.stepglu(table[0], sums[1].exact - 3 * builder.one, name: "answer")
    let graph = try builder.finish(tokens: [TokenDefinition(text: "t", embedding: [:], score: answer)])
    for operation in graph.operations {
      for read in operation.reads { #expect(operation.outputs.allSatisfy { read < $0 }) }
    }
    let one = graph.dimension(of: .one)
    let reads = graph.operations.first { $0.name == "square" }?.reads
    #expect(reads?.contains(one) == true, "a table's first row comes through `one`")
  }
}
