import Attention
import Evaluator
import Graph
import Scheduler

/// What the lookups of a graph read, and which heads they are by a schedule.
struct GraphHeads {
  /// A lookup's place in a model.
  struct Place {
    let layer: Int
    let head: Int
    let lookup: Int
  }

  /// The heads of the layers in their order: those of a layer have the order of the graph.
  let places: [Place]
  private let graph: ComputationGraph
  private var caches: [HullHeadCache]  // [places]

  init(_ graph: ComputationGraph, _ layout: Layout) {
    self.graph = graph
    places = layout.halves.enumerated().flatMap { half, layer in
      layer.operations.compactMap { number in
        if case .lookup(let lookup) = graph.operations[number].kind { lookup } else { nil }
      }.enumerated().map { Place(layer: half / 2, head: $0, lookup: $1) }
    }
    caches = places.map { HullHeadCache(tieRule: graph.lookups[$0.lookup].rule == .latest ? .latest : .average) }
  }

  /// What each head reads at the position that the evaluator has read last; to be asked at every position.
  mutating func readings(in evaluator: GraphEvaluator) -> [HeadReading] {
    places.indices.map { index in
      let lookup = graph.lookups[places[index].lookup]
      let values = lookup.values.map { evaluator.value(of: $0) } + [0, 0]
      caches[index].insert(key: evaluator.value(of: lookup.key), value: SIMD2(values[0], values[1]))
      return caches[index].reading(of: evaluator.value(of: lookup.query))
    }
  }

  func name(of place: Place) -> String { graph.lookups[place.lookup].name }
}

extension GraphEvaluator {
  fileprivate func value(of point: PlanePoint) -> SIMD2<Double> {
    SIMD2(value(of: point.x), value(of: point.y))
  }
}

extension HullHeadCache {
  /// What a query finds, and where.
  mutating func reading(of query: SIMD2<Double>) -> HeadReading {
    let winners = winners(query)
    return HeadReading(
      query: query, position: tieRule == .latest ? winners?.positionOrCount : nil,
      values: winners?.resolved(by: tieRule) ?? .zero)
  }
}
