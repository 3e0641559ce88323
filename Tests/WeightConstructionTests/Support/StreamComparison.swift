import Evaluator
import Graph
import Scheduler
import Transformer

/// Compares what a model keeps in its residual stream with the values of the graph that it was made from.
struct StreamComparison {
  private let graph: ComputationGraph
  private let layout: Layout
  private let model: TransformerModel

  init(_ graph: ComputationGraph, _ schedule: Schedule, _ model: TransformerModel) throws {
    self.graph = graph
    self.layout = try Layout(of: schedule, for: graph)
    self.model = model
  }

  /// Feeds random tokens to both and describes the first difference; nil when there is none.
  func firstDifference(steps: Int, using random: inout SeededGenerator) throws -> String? {
    var evaluator = GraphEvaluator(graph, lookups: .reference)
    var transformer = PlainTransformer(model)
    for position in 0..<steps {
      let token = position == 0 ? 0 : Int.random(in: 1..<graph.tokens.count, using: &random)
      let expected = try evaluator.step(token)
      let boundaries = transformer.boundaries(reading: token)
      for (boundary, stream) in boundaries.enumerated() {
        if let difference = difference(of: stream, at: boundary, from: evaluator) {
          return "position \(position), boundary \(boundary): \(difference)"
        }
      }
      let predicted = transformer.prediction(for: boundaries.last ?? [])
      if predicted != expected { return "position \(position): predicted \(predicted), not \(expected)" }
    }
    return nil
  }

  /// Every live dimension has its value, and every slot that is still to be filled is empty.
  private func difference(of stream: [Double], at boundary: Int, from evaluator: GraphEvaluator) -> String? {
    var expected = [Double?](repeating: nil, count: stream.count)
    var names = [String](repeating: "empty", count: stream.count)
    for (index, residence) in layout.residences.enumerated() {
      guard let residence, residence.birth > boundary else { continue }
      expected[residence.slot] = 0
      names[residence.slot] = "to be filled with \(graph.nodes[index].name)"
    }
    for dimension in layout.live[boundary] {
      guard let slot = layout.residences[dimension.index]?.slot else {
        return "\(graph.name(of: dimension)) has no slot"
      }
      expected[slot] = evaluator.value(of: dimension)
      names[slot] = graph.name(of: dimension)
    }
    for (slot, (found, expected)) in zip(stream, expected).enumerated() {
      guard let expected, found != expected else { continue }
      let isPenalised = abs(expected) > 1e20
      if isPenalised, abs(found - expected) <= 8 * expected.ulp { continue }
      return "slot \(slot) (\(names[slot])) is \(found), not \(expected)"
    }
    return nil
  }
}
