import Evaluator
import Graph

/// Runs a graph over rows of input columns: token i stands at position i and embeds row i.
struct Trial {
  /// The values of the expressions at each position.
  let values: [[Double]]  // [positions, expressions]

  /// - Parameters:
  ///   - rows: the columns' values at each position, the first included.
  ///   - make: builds what is to be observed from the columns.
  init(
    _ rows: [[Double]], lookups: GraphEvaluator.LookupMethod = .hull,
    observing make: (inout GraphBuilder, [Expression]) -> [Expression]
  ) throws {
    var builder = GraphBuilder()
    let columns = (rows.first ?? []).indices.map { builder.input("column\($0)") }
    let observed = make(&builder, columns)
    let watched = observed.enumerated().map { builder.persist($1, name: "watched\($0)") }
    let tokens = rows.enumerated().map { position, row in
      TokenDefinition(
        text: "token\(position)",
        embedding: Dictionary(uniqueKeysWithValues: zip(columns, row).map { ($0.dimensions[0], $1) }), score: .zero)
    }
    let graph = try builder.finish(tokens: tokens, keeping: watched)
    var evaluator = GraphEvaluator(graph, lookups: lookups)
    let names = watched.indices.map { number in
      graph.nodes.indices.first { graph.nodes[$0].name == "watched\(number)" }
    }
    values = try rows.indices.map { token in
      try evaluator.advance(token)
      return names.map { $0.map { evaluator.value(of: Dimension(index: $0)) } ?? .nan }
    }
  }

  /// The values of one expression at each position.
  subscript(expression: Int) -> [Double] { values.map { $0[expression] } }
}
