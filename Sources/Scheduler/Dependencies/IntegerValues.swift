import Graph

/// Which dimensions of a graph hold integers at every position, as far as their definitions tell.
///
/// Sums and differences of integers of modest size (below 2⁵³) are exact, so (new − old) + old is new to the last bit. For
/// a fraction it is not, whichever of the two is the fraction.
struct IntegerValues {
  let isInteger: [Bool]  // [dimensions]

  init(of graph: ComputationGraph) {
    var embeds = [Bool](repeating: true, count: graph.nodes.count)
    for token in graph.tokens {
      for (dimension, value) in token.embedding where value != value.rounded() { embeds[dimension.index] = false }
    }
    var isInteger = [Bool](repeating: false, count: graph.nodes.count)
    for index in graph.nodes.indices {
      isInteger[index] =
        switch graph.nodes[index].definition {
        case .input: embeds[index]
        case .builtIn(let input): input != .inverseLogPosition
        case .reglu(let value, let gate): Self.holds(value, isInteger) && Self.holds(gate, isInteger)
        case .persist(let expression):
          Self.holds(expression, isInteger) || Self.isSnapped(graph.nodes[index], expression, in: graph)
        case .lookupValue(let lookup, let value): Self.holds(value: value, of: graph.lookups[lookup], isInteger)
        case .tableValue(let table, let column): Self.holds(column: column, of: graph.tables[table], isInteger)
        }
    }
    self.isInteger = isInteger
  }

  private static func holds(_ expression: Expression, _ isInteger: [Bool]) -> Bool {
    expression.terms.allSatisfy { $0.coefficient == $0.coefficient.rounded() && isInteger[$0.dimension.index] }
  }

  private static func holds(value: Int, of lookup: Lookup, _ isInteger: [Bool]) -> Bool {
    lookup.rule == .latest && lookup.values.indices.contains(value) && holds(lookup.values[value], isInteger)
  }

  private static func holds(column: Int, of table: Table, _ isInteger: [Bool]) -> Bool {
    table.columns.indices.contains(column) && table.columns[column].allSatisfy { $0 == $0.rounded() }
      && holds(table.index, isInteger)
  }

  /// Whether the graph declares the value exact although it reads one that is not: the second half of a snap.
  private static func isSnapped(_ node: Node, _ expression: Expression, in graph: ComputationGraph) -> Bool {
    !node.isRounded && expression.terms.contains { graph.nodes[$0.dimension.index].isRounded }
  }
}
