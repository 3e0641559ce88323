import Graph

/// What differed in a trial, with what is needed to tell about it.
package struct GraphDifference: Sendable {
  package enum Kind: Hashable, Sendable {
    /// The model's numbers are not the graph's.
    case stream(StreamDifference)
    /// The numbers are right, but a predictor's tokens are not.
    case engine(EngineComparison.Difference)
  }

  package let kind: Kind
  /// The graph's operations, one a line.
  package let operations: [String]
  /// The texts of the tokens that were read.
  package let tokens: [String]
  private let vocabulary: [String]

  init(_ graph: ComputationGraph, _ tokens: [Int], _ kind: Kind) {
    self.kind = kind
    vocabulary = graph.tokens.map(\.text)
    self.tokens = tokens.map { graph.tokens[$0].text }
    operations = graph.operations.map { operation in
      let reads = operation.reads.map { graph.name(of: $0) }.joined(separator: " ")
      return "\(operation.name): \(operation.kind.word) of \(reads)"
    }
  }

  /// One line: where, and what was read or predicted there.
  package var text: String {
    switch kind {
    case .stream(let difference):
      difference.text(
        { tokens.indices.contains($0) ? tokens[$0] : "?" },
        token: { vocabulary.indices.contains($0) ? vocabulary[$0] : "?" })
    case .engine(let difference): "\(difference)"
    }
  }
}

extension Operation.Kind {
  fileprivate var word: String {
    switch self {
    case .lookup: "lookup"
    case .reglu: "neuron"
    case .persist: "sum"
    case .table: "table"
    }
  }
}
