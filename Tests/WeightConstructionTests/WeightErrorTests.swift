import Graph
import Scheduler
import Testing
import Transformer
import WeightConstruction

struct WeightErrorTests {
  private let graph: ComputationGraph
  private let schedule: Schedule

  init() throws {
    var builder = GraphBuilder()
    let digit = builder.input("digit")
    let neuron = builder.reglu(digit, builder.one, name: "neuron")
    let tokens = [
      TokenDefinition(text: "start", embedding: [:], score: .zero),
      TokenDefinition(text: "1", embedding: [digit.dimensions[0]: 1], score: neuron),
    ]
    graph = try builder.finish(tokens: tokens)
    schedule = Schedule(
      placements: [Placement(layer: 0, phase: .feedForward)], layerCount: 1, modelWidth: 6, reuse: .immediate)
  }

  private func build(
    _ schedule: Schedule? = nil, firstTokens: Set<String> = ["start"], stopToken: String = "1"
  ) throws(WeightError) -> TransformerModel {
    try TransformerModel(
      of: graph, scheduled: schedule ?? self.schedule, firstTokens: firstTokens, stopToken: stopToken)
  }

  @Test func theScheduleIsChecked() throws {
    #expect(try build().layers.count == 1)
    let empty = Schedule(placements: [], layerCount: 1, modelWidth: 6, reuse: .immediate)
    #expect(throws: WeightError(.schedule(ScheduleError(.operationCount(expected: 1, found: 0))))) {
      _ = try build(empty)
    }
    let narrow = Schedule(placements: schedule.placements, layerCount: 1, modelWidth: 4, reuse: .immediate)
    #expect(throws: WeightError(.schedule(ScheduleError(.boundaryWidth(boundary: 0, needed: 5, width: 4))))) {
      _ = try build(narrow)
    }
  }

  @Test func tokensMustExist() {
    #expect(throws: WeightError(.unknownToken("halt"))) { _ = try build(stopToken: "halt") }
    #expect(throws: WeightError(.unknownToken("{"))) { _ = try build(firstTokens: ["start", "{"]) }
  }

  @Test func firstTokensAreEmpty() {
    #expect(throws: WeightError(.firstTokenWithEmbedding("1"))) { _ = try build(firstTokens: ["1"]) }
  }

  @Test func weightsThatOverflowAreRefused() throws {
    var builder = GraphBuilder()
    let digit = builder.input("digit")
    let head = builder.gather([digit], at: 1e300 * digit, name: "head")
    let graph = try builder.finish(
      tokens: [TokenDefinition(text: "start", embedding: [:], score: head[0])])
    let schedule = Schedule(
      placements: [Placement(layer: 0, phase: .attention)], layerCount: 1, modelWidth: 6, reuse: .immediate)
    do {
      _ = try TransformerModel(of: graph, scheduled: schedule, firstTokens: [], stopToken: "start")
      Issue.record("an infinite weight was accepted")
    } catch {
      guard case .model(let reason) = error.kind else { throw error }
      #expect(reason.kind == .inconsistent)
    }
  }

  @Test func everyMessageIsOneLine() {
    let kinds: [WeightError.Kind] = [
      .schedule(ScheduleError(.width(5))), .unknownToken("name"), .firstTokenWithEmbedding("name"),
      .absentDimension("name", boundary: 3), .tooFewHeads(layer: 2, heads: 4),
      .model(TransformerError(.inconsistent, "reason")),
    ]
    let messages = kinds.map { WeightError($0).description }
    #expect(messages.allSatisfy { !$0.isEmpty && !$0.contains("\n") })
    #expect(Set(messages).count == kinds.count)
  }
}
