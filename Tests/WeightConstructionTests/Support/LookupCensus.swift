import Evaluator
import Graph

/// Counts what happens in the lookups of a graph while it reads tokens: whether tests meet what they are made for.
struct LookupCensus {
  /// Readings whose winner has the same key as an earlier position, the term for recency apart.
  private(set) var ties = 0
  /// Readings by integer that find another integer's key, the nearest.
  private(set) var misses = 0
  /// Keys that were hidden when they were made.
  private(set) var clearedKeys = 0

  private struct Key {
    let point: SIMD2<Double>
    let withoutRecency: SIMD2<Double>

    var isCleared: Bool { point.y < -1e29 }
  }

  private var evaluator: GraphEvaluator
  private var keys: [[Key]]  // [lookups, positions]

  private init(_ graph: ComputationGraph) {
    evaluator = GraphEvaluator(graph, lookups: .reference)
    keys = Array(repeating: [], count: graph.lookups.count)
  }

  static func count(in graph: ComputationGraph, reading tokens: [Int]) throws -> LookupCensus {
    var census = LookupCensus(graph)
    for token in tokens {
      _ = try census.evaluator.step(token)
      for index in graph.lookups.indices { census.visit(index) }
    }
    return census
  }

  private mutating func visit(_ index: Int) {
    let graph = evaluator.graph
    let lookup = graph.lookups[index]
    let recency = graph.dimension(of: .inverseLogPosition)
    let point = value(lookup.key)
    // What is left are integers and halves; the difference is off by a rounding.
    let height = point.y - lookup.key.y[recency] * evaluator.value(of: recency)
    let key = Key(point: point, withoutRecency: SIMD2(point.x, (2 * height).rounded() / 2))
    keys[index].append(key)
    if key.isCleared { clearedKeys += 1 }

    let query = value(lookup.query)
    let scores = keys[index].map { ($0.point * query).sum() }
    guard let best = scores.indices.max(by: { scores[$0] < scores[$1] }) else { return }
    let winner = keys[index][best]
    if keys[index].count(where: { $0.withoutRecency == winner.withoutRecency }) > 1 { ties += 1 }
    let half = winner.point.x / 2
    if winner.withoutRecency.y == -half * half, query.y == 1, query.x != half { misses += 1 }
  }

  private func value(_ point: PlanePoint) -> SIMD2<Double> {
    SIMD2(evaluator.value(of: point.x), evaluator.value(of: point.y))
  }
}
