/// A finished, checked graph: everything that a model computes at one position, and its vocabulary.
///
/// Dimensions are in an order in which each can be computed from those before it.
public struct ComputationGraph: Sendable {
  public let nodes: [Node]
  public let lookups: [Lookup]
  public let tables: [Table]
  public let tokens: [TokenDefinition]
  /// The operations in the order of their first output.
  public let operations: [Operation]

  /// Checks the parts and orders the operations.
  ///
  /// - Throws: ``GraphError`` naming the first thing that is wrong.
  package init(nodes: [Node], lookups: [Lookup], tables: [Table], tokens: [TokenDefinition]) throws(GraphError) {
    self.nodes = nodes
    self.lookups = lookups
    self.tables = tables
    self.tokens = tokens
    self.operations = Self.operations(nodes: nodes, lookups: lookups, tables: tables)
    try checkShapes()
    try checkOrder()
    try checkTokens()
  }

  /// The dimensions that the output head reads, in ascending order.
  public var headDimensions: [Dimension] {
    Set(tokens.flatMap { $0.score.dimensions }).sorted()
  }

  /// The handle of a built-in input.
  public func dimension(of input: BuiltInInput) -> Dimension {
    Dimension(index: BuiltInInput.allCases.firstIndex(of: input) ?? 0)
  }

  /// The name of a dimension.
  public func name(of dimension: Dimension) -> String {
    nodes[dimension.index].name
  }

  /// The dimensions that come from the embedding or from the position.
  public var inputDimensions: [Dimension] {
    nodes.indices.compactMap { index in
      switch nodes[index].definition {
      case .input, .builtIn: Dimension(index: index)
      default: nil
      }
    }
  }
}
