package import Evaluator
package import Graph
package import Scheduler
package import Transformer

/// Compares what a model keeps in its residual stream, and what its heads read, with the values of the graph that it was made from.
package struct StreamComparison {
  /// What a slot must hold at a boundary.
  private struct Expectation {
    let slot: Int
    /// nil for a slot that must be empty until it is filled with `meaning`.
    let dimension: Dimension?
    let meaning: Dimension
  }

  let graph: ComputationGraph
  private let model: TransformerModel
  let layout: Layout
  private let expectations: [[Expectation]]  // [boundaries]

  /// - Throws: `ScheduleError` when the schedule is not one of the graph.
  package init(_ graph: ComputationGraph, _ schedule: Schedule, _ model: TransformerModel) throws(ScheduleError) {
    self.graph = graph
    self.model = model
    let layout = try Layout(of: schedule, for: graph)
    self.layout = layout
    expectations = layout.live.indices.map { boundary in
      let live = layout.live[boundary].compactMap { dimension in
        layout.residences[dimension.index].map {
          Expectation(slot: $0.slot, dimension: dimension, meaning: dimension)
        }
      }
      let taken = Set(live.map(\.slot))
      let empty = zip(layout.residences, graph.nodes.indices).compactMap { residence, index -> Expectation? in
        guard let residence, residence.birth > boundary, !taken.contains(residence.slot) else { return nil }
        return Expectation(slot: residence.slot, dimension: nil, meaning: Dimension(index: index))
      }
      return live + empty
    }
  }

  /// The layer of a lookup and its head there, counted from 0; nil when the graph has no lookup of that name.
  package func place(ofLookup name: String) -> (layer: Int, head: Int)? {
    let places = GraphHeads(graph, layout).places
    return places.first { graph.lookups[$0.lookup].name == name }.map { ($0.layer, $0.head) }
  }

  /// Lets both read the same tokens; nil when there is no difference.
  ///
  /// - Parameters:
  ///   - tokens: the first stands at position 0.
  ///   - tolerance: how much numbers that the graph declares rounded may differ, in proportion; the others are equal.
  /// - Throws: `EvaluatorError` when the vocabulary has no such token.
  package func firstDifference(
    reading tokens: [Int], tolerance: Double = 0
  ) throws(EvaluatorError) -> StreamDifference? {
    var evaluator = GraphEvaluator(graph)
    var heads = GraphHeads(graph, layout)
    var transformer = PlainTransformer(model)
    for (position, token) in tokens.enumerated() {
      let expected = try evaluator.step(token)
      let boundaries = transformer.boundaries(reading: token)
      let readings = heads.readings(in: evaluator)
      let place =
        difference(heads, readings, transformer.readings, boundaries, evaluator, tolerance)
        ?? Self.difference(transformer.prediction(for: boundaries.last ?? []), expected)
      if let place { return StreamDifference(position: position, place: place) }
    }
    return nil
  }

  /// The first place in the order of computation.
  private func difference(
    _ heads: GraphHeads, _ expected: [HeadReading], _ found: [[HeadReading]], _ boundaries: [[Double]],
    _ evaluator: GraphEvaluator, _ tolerance: Double
  ) -> StreamDifference.Place? {
    for (boundary, stream) in boundaries.enumerated() {
      if boundary % 2 == 1 {
        for (place, reading) in zip(heads.places, expected) where place.layer == boundary / 2 {
          let own = found[place.layer][place.head]
          let isRounded = graph.lookups[place.lookup].outputs.contains { graph.nodes[$0.index].isRounded }
          let bound = isRounded ? tolerance : 0
          guard
            Self.differs(own.values.x, reading.values.x, bound) || Self.differs(own.values.y, reading.values.y, bound)
          else { continue }
          return .head(
            HeadDifference(
              layer: place.layer, head: place.head, lookup: heads.name(of: place), expected: reading, found: own))
        }
      }
      for expectation in expectations[boundary] {
        let value = expectation.dimension.map { evaluator.value(of: $0) } ?? 0
        let bound = graph.nodes[expectation.meaning.index].isRounded ? tolerance : 0
        guard Self.differs(stream[expectation.slot], value, bound) else { continue }
        let meaning = (expectation.dimension == nil ? "empty until " : "") + graph.name(of: expectation.meaning)
        return .slot(
          expectation.slot, boundary: boundary, meaning: meaning, found: stream[expectation.slot], expected: value)
      }
    }
    return nil
  }

  private static func difference(_ found: Int, _ expected: Int) -> StreamDifference.Place? {
    found == expected ? nil : .prediction(found: found, expected: expected)
  }

  /// Penalties need not be exact.
  private static func differs(_ found: Double, _ expected: Double, _ tolerance: Double) -> Bool {
    let isClose = abs(found - expected) <= tolerance * max(1, abs(expected))
    return found != expected && !isClose && !(abs(expected) > 1e20 && abs(found - expected) <= 8 * expected.ulp)
  }
}
