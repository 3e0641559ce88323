import Graph

/// How many numbers the layers after a boundary really need: the rank of the map from the dimensions that are live there
/// to everything that is read later.
///
/// What is read later are the queries, keys and values of lookups, the two sides of ReGLUs, the indices of tables and the
/// scores of tokens, with every persist replaced by the expression that it stores. Dimensions that are computed
/// later count as unknowns of their own.
struct LinearWidth {
  private let dependencies: Dependencies
  private let schedule: Schedule

  init(_ dependencies: Dependencies, schedule: Schedule) {
    self.dependencies = dependencies
    self.schedule = schedule
  }

  /// The rank at a boundary with these live dimensions.
  func rank(at boundary: Int, live: [Dimension]) -> Int {
    let graph = dependencies.graph
    var columns: [Dimension: Int] = [:]
    for (column, dimension) in live.enumerated() { columns[dimension] = column }
    let rows = combinations(at: boundary, columns: columns)
    var space = RowSpace()
    for (number, operation) in graph.operations.enumerated() where schedule.placements[number].half >= boundary {
      for expression in graph.expressions(readBy: operation) {
        space.add(Self.combine(expression, rows, width: live.count))
      }
    }
    for token in graph.tokens where space.rank < live.count {
      space.add(Self.combine(token.score, rows, width: live.count))
    }
    return space.rank
  }

  /// What each dimension is in terms of the live ones: nothing for those that are not linear in them.
  private func combinations(at boundary: Int, columns: [Dimension: Int]) -> [[ModularNumber]?] {
    let graph = dependencies.graph
    var rows = [[ModularNumber]?](repeating: nil, count: graph.nodes.count)
    for index in graph.nodes.indices {
      if let column = columns[Dimension(index: index)] {
        var row = [ModularNumber](repeating: .zero, count: columns.count)
        row[column] = .one
        rows[index] = row
      } else if case .persist(let expression) = graph.nodes[index].definition,
        let producer = dependencies.producers[index], schedule.placements[producer].half >= boundary
      {
        rows[index] = Self.combine(expression, rows, width: columns.count)
      }
    }
    return rows
  }

  private static func combine(
    _ expression: Expression, _ rows: [[ModularNumber]?], width: Int
  ) -> [ModularNumber] {
    var sum = [ModularNumber](repeating: .zero, count: width)
    for term in expression.terms {
      guard let row = rows[term.dimension.index] else { continue }
      let factor = ModularNumber(term.coefficient)
      for column in row.indices where row[column] != .zero { sum[column] = sum[column] + factor * row[column] }
    }
    return sum
  }
}

extension ComputationGraph {
  /// The expressions whose values the operation needs one by one; none for a persist, which only passes a sum on.
  fileprivate func expressions(readBy operation: Operation) -> [Expression] {
    switch operation.kind {
    case .persist: return []
    case .lookup(let index):
      let lookup = lookups[index]
      return [lookup.query.x, lookup.query.y, lookup.key.x, lookup.key.y] + lookup.values
    case .table(let index): return [tables[index].index]
    case .reglu:
      guard let output = operation.outputs.first, case .reglu(let value, let gate) = nodes[output.index].definition
      else { return [] }
      return [value, gate]
    }
  }
}
