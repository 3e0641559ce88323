extension GraphBuilder {
  /// The graph of everything that the tokens' scores need, checked.
  ///
  /// - Parameters:
  ///   - tokens: the vocabulary, in the order of token ids.
  ///   - outputs: dimensions that are declared as outputs; each must be read by the score of some token.
  ///   - keeping: expressions that stay in the graph although no score needs them.
  /// - Throws: ``GraphError`` naming what is wrong.
  public func finish(
    tokens: [TokenDefinition], outputs: [Expression] = [], keeping: [Expression] = []
  ) throws(GraphError) -> ComputationGraph {
    // Such a head has no dimension, so that nothing could need it: pruning would hide it.
    if let empty = lookups.first(where: { $0.values.isEmpty }) {
      throw GraphError(.lookupWithoutValue, name: empty.name)
    }
    try checkHandles(tokens: tokens, others: outputs + keeping)
    let scored = Set(tokens.flatMap { $0.score.dimensions })
    for output in outputs.flatMap(\.dimensions) where !scored.contains(output) {
      throw GraphError(.outputWithoutToken, name: nodes[output.index].name)
    }
    let kept = needed(from: scored.union(keeping.flatMap(\.dimensions)))
    return try pruned(to: kept, tokens: tokens)
  }

  private func checkHandles(tokens: [TokenDefinition], others: [Expression]) throws(GraphError) {
    for token in tokens {
      for dimension in token.score.dimensions + token.embedding.keys.sorted()
      where !nodes.indices.contains(dimension.index) {
        throw GraphError(.unknownDimension, name: token.text)
      }
    }
    for dimension in others.flatMap(\.dimensions) where !nodes.indices.contains(dimension.index) {
      throw GraphError(.unknownDimension, name: "output")
    }
    for operation in ComputationGraph.operations(nodes: nodes, lookups: lookups, tables: tables) {
      for read in operation.reads where !nodes.indices.contains(read.index) {
        throw GraphError(.unknownDimension, name: operation.name)
      }
    }
  }

  /// The built-in inputs and all that the given dimensions are computed from.
  private func needed(from roots: Set<Dimension>) -> Set<Dimension> {
    let operations = ComputationGraph.operations(nodes: nodes, lookups: lookups, tables: tables)
    var needed = roots.union(BuiltInInput.allCases.indices.map { Dimension(index: $0) })
    for operation in operations.reversed() where operation.outputs.contains(where: needed.contains) {
      needed.formUnion(operation.outputs)
      needed.formUnion(operation.reads)
    }
    return needed
  }

  private func pruned(to kept: Set<Dimension>, tokens: [TokenDefinition]) throws(GraphError) -> ComputationGraph {
    let order = kept.sorted()
    let newDimension = Dictionary(
      uniqueKeysWithValues: order.enumerated().map { ($1, Dimension(index: $0)) })
    let rename = { (dimension: Dimension) in newDimension[dimension] ?? dimension }
    let keptLookups = lookups.indices.filter { lookups[$0].outputs.contains(where: kept.contains) }
    let keptTables = tables.indices.filter { tables[$0].outputs.contains(where: kept.contains) }
    let newNodes = order.map { dimension in
      let node = nodes[dimension.index]
      let definition = node.definition.renamed(
        rename, lookup: { keptLookups.firstIndex(of: $0) ?? 0 }, table: { keptTables.firstIndex(of: $0) ?? 0 })
      return Node(name: node.name, definition: definition, isRounded: node.isRounded)
    }
    return try ComputationGraph(
      nodes: newNodes,
      lookups: keptLookups.map { lookups[$0].renamed(rename) },
      tables: keptTables.map { tables[$0].renamed(rename) },
      tokens: tokens.map { token in
        TokenDefinition(
          text: token.text,
          embedding: Dictionary(
            uniqueKeysWithValues: token.embedding.filter { kept.contains($0.key) }.map { (rename($0.key), $0.value) }),
          score: token.score.renamed(rename))
      })
  }
}

extension Definition {
  fileprivate func renamed(
    _ rename: (Dimension) -> Dimension, lookup: (Int) -> Int, table: (Int) -> Int
  ) -> Definition {
    switch self {
    case .input, .builtIn: self
    case .reglu(let value, let gate): .reglu(value: value.renamed(rename), gate: gate.renamed(rename))
    case .persist(let expression): .persist(expression.renamed(rename))
    case .lookupValue(let number, let index): .lookupValue(lookup: lookup(number), index: index)
    case .tableValue(let number, let index): .tableValue(table: table(number), index: index)
    }
  }
}

extension Lookup {
  fileprivate func renamed(_ rename: (Dimension) -> Dimension) -> Lookup {
    Lookup(
      name: name,
      query: PlanePoint(query.x.renamed(rename), query.y.renamed(rename)),
      key: PlanePoint(key.x.renamed(rename), key.y.renamed(rename)),
      values: values.map { $0.renamed(rename) }, rule: rule, outputs: outputs.map(rename))
  }
}

extension Table {
  fileprivate func renamed(_ rename: (Dimension) -> Dimension) -> Table {
    Table(name: name, index: index.renamed(rename), columns: columns, outputs: outputs.map(rename))
  }
}
