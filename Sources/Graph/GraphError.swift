/// What is wrong with a graph, with the name of the node, lookup or token concerned.
public struct GraphError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kinds of mistake that finishing a graph finds.
  public enum Kind: Hashable, Sendable {
    case cycle
    case unknownDimension
    case lookupWithoutValue
    case tooManyValues(count: Int)
    case raggedTable
    case nonFiniteCoefficient
    case noTokens
    case duplicateToken
    case embeddingOfComputedDimension(dimension: String)
    case outputWithoutToken
  }

  public let kind: Kind
  /// The name of the node, lookup, table or token.
  public let name: String

  public init(_ kind: Kind, name: String) {
    self.kind = kind
    self.name = name
  }

  public var description: String {
    switch kind {
    case .cycle: "graph: '\(name)' reads itself or something computed after it"
    case .unknownDimension: "graph: '\(name)' reads a dimension that this graph does not have"
    case .lookupWithoutValue: "graph: lookup '\(name)' has no value to return"
    case .tooManyValues(let count): "graph: lookup '\(name)' has \(count) values; a head carries one or two"
    case .raggedTable: "graph: table '\(name)' needs at least one row and columns of equal length"
    case .nonFiniteCoefficient: "graph: '\(name)' has a coefficient that is not finite"
    case .noTokens: "graph: '\(name)' has no tokens"
    case .duplicateToken: "graph: token '\(name)' is defined twice"
    case .embeddingOfComputedDimension(let dimension):
      "graph: token '\(name)' embeds '\(dimension)', which is computed and not an input"
    case .outputWithoutToken: "graph: output '\(name)' is read by the score of no token"
    }
  }
}
