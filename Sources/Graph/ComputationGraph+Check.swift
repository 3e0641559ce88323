extension ComputationGraph {
  /// Every lookup returns one or two values, tables are rectangular and coefficients finite.
  func checkShapes() throws(GraphError) {
    for lookup in lookups {
      if lookup.values.isEmpty || lookup.outputs.isEmpty { throw GraphError(.lookupWithoutValue, name: lookup.name) }
      if lookup.values.count > 2 || lookup.outputs.count != lookup.values.count {
        throw GraphError(.tooManyValues(count: lookup.values.count), name: lookup.name)
      }
      let parts = [lookup.query.x, lookup.query.y, lookup.key.x, lookup.key.y] + lookup.values
      for part in parts { try checkCoefficients(part, of: lookup.name) }
    }
    for table in tables {
      let isRectangular = table.rowCount > 0 && table.columns.allSatisfy { $0.count == table.rowCount }
      if !isRectangular || table.outputs.count != table.columns.count {
        throw GraphError(.raggedTable, name: table.name)
      }
      if !table.columns.joined().allSatisfy(\.isFinite) { throw GraphError(.nonFiniteCoefficient, name: table.name) }
      try checkCoefficients(table.index, of: table.name)
    }
    for node in nodes {
      switch node.definition {
      case .reglu(let value, let gate):
        try checkCoefficients(value, of: node.name)
        try checkCoefficients(gate, of: node.name)
      case .persist(let expression):
        try checkCoefficients(expression, of: node.name)
      case .lookupValue(let lookup, _):
        if !lookups.indices.contains(lookup) { throw GraphError(.unknownDimension, name: node.name) }
      case .tableValue(let table, _):
        if !tables.indices.contains(table) { throw GraphError(.unknownDimension, name: node.name) }
      case .input, .builtIn:
        break
      }
    }
  }

  private func checkCoefficients(_ expression: Expression, of name: String) throws(GraphError) {
    if !expression.terms.allSatisfy({ $0.coefficient.isFinite }) {
      throw GraphError(.nonFiniteCoefficient, name: name)
    }
  }

  /// Each operation reads only what is computed before it.
  func checkOrder() throws(GraphError) {
    for operation in operations {
      for read in operation.reads {
        if !nodes.indices.contains(read.index) { throw GraphError(.unknownDimension, name: operation.name) }
        if let first = operation.outputs.first, read >= first { throw GraphError(.cycle, name: operation.name) }
      }
    }
  }

  /// Tokens are distinct, embed inputs only and are scored by dimensions of this graph.
  func checkTokens() throws(GraphError) {
    if tokens.isEmpty { throw GraphError(.noTokens, name: "vocabulary") }
    var seen: Set<String> = []
    for token in tokens {
      if !seen.insert(token.text).inserted { throw GraphError(.duplicateToken, name: token.text) }
      try checkCoefficients(token.score, of: token.text)
      for dimension in token.score.dimensions + token.embedding.keys.sorted()
      where !nodes.indices.contains(dimension.index) {
        throw GraphError(.unknownDimension, name: token.text)
      }
      for (dimension, value) in token.embedding {
        if nodes[dimension.index].definition != .input {
          throw GraphError(.embeddingOfComputedDimension(dimension: nodes[dimension.index].name), name: token.text)
        }
        if !value.isFinite { throw GraphError(.nonFiniteCoefficient, name: token.text) }
      }
    }
  }
}
