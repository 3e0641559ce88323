import Evaluator
import Graph
import Testing

/// A counter: token n is followed by token n + 1 up to the last, which follows itself.
private func counter(to last: Int) throws -> ComputationGraph {
  var builder = GraphBuilder()
  let value = builder.input("value")
  let next = builder.persist(value + builder.one, name: "next")
  let tokens = (0...last).map { number in
    let digit = Double(number)
    let embedding = number == 0 ? [:] : [value.dimensions[0]: digit]
    return TokenDefinition(
      text: "\(number)", embedding: embedding, score: (2 * digit) * next - (digit * digit) * builder.one)
  }
  return try builder.finish(tokens: tokens)
}

struct RunTests {
  @Test func theHighestScoreWins() throws {
    var evaluator = GraphEvaluator(try counter(to: 9))
    #expect(try evaluator.step(0) == 0, "at the first position all scores are 0: the lowest id wins")
    #expect(try evaluator.step(3) == 4)
    #expect(evaluator.value(named: "next") == 4)
    #expect(evaluator.value(named: "none") == nil)
    #expect(evaluator.scores() == [0, 7, 12, 15, 16, 15, 12, 7, 0, -9])
    #expect(evaluator.position == 2)
  }

  @Test func ofEqualScoresTheLowestIdWins() throws {
    var builder = GraphBuilder()
    let value = builder.input("value")
    let scores = [-value, value, builder.one, 0.5 * value + 0.5 * builder.one]
    let tokens = scores.enumerated().map {
      TokenDefinition(text: "\($0)", embedding: [value.dimensions[0]: $0 == 3 ? 1 : -1], score: $1)
    }
    var evaluator = GraphEvaluator(try builder.finish(tokens: tokens))
    #expect(try evaluator.step(0) == 0)
    #expect(try evaluator.step(3) == 1)
    #expect(try evaluator.step(0) == 0)
  }

  @Test func runsEndAtTheStopTokenTheLimitOrTheCallersWish() throws {
    let graph = try counter(to: 9)
    var tokens: [Int] = []
    var evaluator = GraphEvaluator(graph)
    #expect(
      try evaluator.generate(prompt: [0, 4], maximumTokens: 100, stop: 8) {
        tokens.append($0)
        return true
      } == [5, 6, 7, 8])
    #expect(tokens == [5, 6, 7, 8])
    #expect(evaluator.position == 5, "the stop token is not read")
    evaluator = GraphEvaluator(graph)
    #expect(try evaluator.generate(prompt: [0, 4], maximumTokens: 2, stop: 8) == [5, 6])
    evaluator = GraphEvaluator(graph)
    #expect(try evaluator.generate(prompt: [0, 4], maximumTokens: 100, stop: 8) { $0 < 6 } == [5, 6])
    evaluator = GraphEvaluator(graph)
    #expect(try evaluator.generate(prompt: [0, 4], maximumTokens: 0, stop: 8) == [])
    evaluator = GraphEvaluator(graph)
    #expect(try evaluator.prefill([0, 1, 2, 7]) == 8)
  }

  @Test func unknownTokensAndEmptyPromptsAreNamed() throws {
    var evaluator = GraphEvaluator(try counter(to: 9))
    try evaluator.advance(0)
    for bad in [-1, 10, Int.max, Int.min] {
      let error = EvaluatorError(.unknownToken(id: bad, vocabularySize: 10), position: 1)
      #expect(throws: error) { _ = try evaluator.step(bad) }
      #expect(error.description.contains("position 1") && error.description.contains("\(bad)"))
    }
    #expect(evaluator.position == 1)
    #expect(try evaluator.step(3) == 4, "an unknown token leaves the run as it was")
    let empty = EvaluatorError(.emptyPrompt, position: 2)
    #expect(throws: empty) { _ = try evaluator.prefill([]) }
    #expect(throws: empty) { _ = try evaluator.generate(prompt: [], maximumTokens: 1, stop: 0) }
    #expect(!empty.description.contains("\n"))
  }

  @Test(arguments: GraphEvaluator.LookupMethod.allCases)
  func aCopyIsAFork(_ method: GraphEvaluator.LookupMethod) throws {
    var builder = GraphBuilder()
    let value = builder.input("value")
    let sum = builder.cumulativeSums([value], names: ["sum"])[0].exact
    let tokens = (0...2).map {
      TokenDefinition(text: "\($0)", embedding: [value.dimensions[0]: Double($0)], score: Double($0) * sum)
    }
    var first = GraphEvaluator(try builder.finish(tokens: tokens), lookups: method)
    for token in [0, 1, 1] { try first.advance(token) }
    var second = first
    try first.advance(2)
    try second.advance(1)
    #expect(first.value(named: "sum") == 4)
    #expect(second.value(named: "sum") == 3)
    try first.advance(0)
    #expect(first.value(named: "sum") == 4)
  }
}
