import Graph
import Testing

/// Each kind of mistake, from a graph that makes it and no other, with the name that the message must hold.
struct GraphErrorTests {
  private func finish(
    _ tokens: [TokenDefinition], outputs: [Expression] = [], _ builder: GraphBuilder = GraphBuilder()
  ) throws(GraphError) {
    _ = try builder.finish(tokens: tokens, outputs: outputs)
  }

  private func token(_ text: String, _ score: Expression = .zero, _ embedding: [Dimension: Double] = [:])
    -> TokenDefinition
  {
    TokenDefinition(text: text, embedding: embedding, score: score)
  }

  @Test func aVocabularyNeedsTokens() {
    #expect(throws: GraphError(.noTokens, name: "vocabulary")) { try finish([]) }
  }

  @Test func tokensAreDistinct() {
    #expect(throws: GraphError(.duplicateToken, name: "t")) { try finish([token("t"), token("u"), token("t")]) }
  }

  @Test func outputsNeedAToken() {
    var builder = GraphBuilder()
    let a = builder.input("a")
    let answer = builder.persist(a, name: "answer")
    #expect(throws: GraphError(.outputWithoutToken, name: "answer")) {
      try finish([token("t", a)], outputs: [a + answer], builder)
    }
  }

  @Test func onlyInputsAreEmbedded() {
    var builder = GraphBuilder()
    let a = builder.input("a")
    let twice = builder.persist(2 * a, name: "twice")
    #expect(throws: GraphError(.embeddingOfComputedDimension(dimension: "twice"), name: "t")) {
      try finish([token("t", twice, [twice.dimensions[0]: 1])], builder)
    }
    #expect(throws: GraphError(.embeddingOfComputedDimension(dimension: "one"), name: "t")) {
      try finish([token("t", .zero, [builder.one.dimensions[0]: 1])], builder)
    }
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func coefficientsAreFinite(_ bad: Double) {
    var builder = GraphBuilder()
    let a = builder.input("a")
    let cases: [(String, Expression)] = [
      ("neuron", builder.reglu(a, bad * a, name: "neuron")),
      ("stored", builder.persist(bad * a, name: "stored")),
      ("head", builder.gather([a], at: bad * a, name: "head")[0]),
      ("table", builder.table([[0, bad]], index: a, name: "table")[0]),
      ("index", builder.table([[0, 1]], index: bad * a, name: "index")[0]),
      ("t", bad * a),
    ]
    for (name, score) in cases {
      #expect(throws: GraphError(.nonFiniteCoefficient, name: name)) { try finish([token("t", score)], builder) }
    }
    #expect(throws: GraphError(.nonFiniteCoefficient, name: "t")) {
      try finish([token("t", a, [a.dimensions[0]: bad])], builder)
    }
  }

  @Test func aHeadCarriesOneOrTwoValues() {
    var builder = GraphBuilder()
    let a = builder.input("a")
    let head = builder.gather([a, 2 * a, 3 * a], at: a, name: "head")
    #expect(throws: GraphError(.tooManyValues(count: 3), name: "head")) {
      try finish([token("t", head[0])], builder)
    }
    builder = GraphBuilder()
    _ = builder.average([], name: "none")
    #expect(throws: GraphError(.lookupWithoutValue, name: "none")) { try finish([token("t")], builder) }
  }

  @Test func tablesAreRectangular() {
    for columns in [[[1, 2], [3]], [[], []]] as [[[Double]]] {
      var builder = GraphBuilder()
      let a = builder.input("a")
      let table = builder.table(columns, index: a, name: "table")
      #expect(throws: GraphError(.raggedTable, name: "table")) {
        try finish([token("t", table[0])], builder)
      }
    }
  }

  @Test func foreignHandlesAreNamed() {
    var other = GraphBuilder()
    let foreign = (0..<9).map { other.input("foreign\($0)") }[8]
    var builder = GraphBuilder()
    let stored = builder.persist(foreign, name: "stored")
    #expect(throws: GraphError(.unknownDimension, name: "stored")) { try finish([token("t", stored)], builder) }
    #expect(throws: GraphError(.unknownDimension, name: "t")) { try finish([token("t", foreign)]) }
    #expect(throws: GraphError(.unknownDimension, name: "t")) {
      try finish([token("t", .zero, [foreign.dimensions[0]: 1])])
    }
    #expect(throws: GraphError(.unknownDimension, name: "output")) { try finish([token("t")], outputs: [foreign]) }
  }

  @Test func aNodeCannotReadItselfOrALaterOne() {
    var future = GraphBuilder()
    let later = (0..<2).map { future.input("later\($0)") }
    var builder = GraphBuilder()
    let own = builder.persist(later[0], name: "own")
    #expect(throws: GraphError(.cycle, name: "own")) { try finish([token("t", own)], builder) }
    builder = GraphBuilder()
    let early = builder.reglu(later[1], builder.one, name: "early")
    let late = builder.persist(early, name: "late")
    #expect(throws: GraphError(.cycle, name: "early")) { try finish([token("t", late)], builder) }
  }

  @Test func everyMessageIsOneLineAndHoldsTheName() {
    let kinds: [GraphError.Kind] = [
      .cycle, .unknownDimension, .lookupWithoutValue, .tooManyValues(count: 3), .raggedTable, .nonFiniteCoefficient,
      .noTokens, .duplicateToken, .embeddingOfComputedDimension(dimension: "d"), .outputWithoutToken,
    ]
    let messages = kinds.map { GraphError($0, name: "the_name").description }
    #expect(messages.allSatisfy { $0.hasPrefix("graph: ") && $0.contains("'the_name'") && !$0.contains("\n") })
    #expect(Set(messages).count == kinds.count)
  }
}
