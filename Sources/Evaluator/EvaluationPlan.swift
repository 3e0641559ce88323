import Graph

/// A graph laid out for evaluation: its operations in order, their expressions compiled once.
struct EvaluationPlan: Sendable {
  /// One operation and where its result goes.
  enum Step: Sendable {
    case reglu(value: LinearForms.Index, gate: LinearForms.Index, output: Int)
    case persist(LinearForms.Index, output: Int)
    case lookup(head: Int)
    case table(Int)
  }

  /// A lookup: the coordinates of its query and key, and what it carries. A head without a second value carries 0.
  struct Head: Sendable {
    let query: (x: LinearForms.Index, y: LinearForms.Index)
    let key: (x: LinearForms.Index, y: LinearForms.Index)
    let values: (first: LinearForms.Index, second: LinearForms.Index)
    let outputs: [Int]
    let rule: TieRule
  }

  /// A table: its index and where its columns go.
  struct TableStep: Sendable {
    let index: LinearForms.Index
    let columns: [[Double]]
    let outputs: [Int]
  }

  /// One token's column entries: the inputs that are not 0 for it.
  struct Embedding: Sendable {
    let dimensions: [Int]
    let values: [Double]
  }

  private(set) var forms = LinearForms()
  private(set) var steps: [Step] = []
  private(set) var heads: [Head] = []
  private(set) var tables: [TableStep] = []
  /// The logits, by token id.
  private(set) var scores = LinearForms()
  let embeddings: [Embedding]  // [tokens]
  /// The dimensions that come from the embedding.
  let inputs: [Int]
  let builtIns: [(dimension: Int, input: BuiltInInput)]

  init(_ graph: ComputationGraph) {
    inputs = graph.nodes.indices.filter { graph.nodes[$0].definition == .input }
    builtIns = BuiltInInput.allCases.map { (graph.dimension(of: $0).index, $0) }
    embeddings = graph.tokens.map { token in
      let entries = token.embedding.sorted { $0.key < $1.key }
      return Embedding(dimensions: entries.map(\.key.index), values: entries.map(\.value))
    }
    for operation in graph.operations { append(operation, of: graph) }
    for token in graph.tokens { _ = scores.append(token.score) }
  }

  private mutating func append(_ operation: Operation, of graph: ComputationGraph) {
    switch operation.kind {
    case .lookup(let lookup):
      steps.append(.lookup(head: heads.count))
      heads.append(head(graph.lookups[lookup]))
    case .table(let number):
      let table = graph.tables[number]
      steps.append(.table(tables.count))
      tables.append(
        TableStep(
          index: forms.append(table.index), columns: table.columns, outputs: table.outputs.map(\.index)))
    case .reglu, .persist:
      for output in operation.outputs { appendNode(output.index, of: graph) }
    }
  }

  private mutating func appendNode(_ output: Int, of graph: ComputationGraph) {
    switch graph.nodes[output].definition {
    case .reglu(let value, let gate):
      steps.append(.reglu(value: forms.append(value), gate: forms.append(gate), output: output))
    case .persist(let expression):
      steps.append(.persist(forms.append(expression), output: output))
    case .input, .builtIn, .lookupValue, .tableValue:
      break
    }
  }

  private mutating func head(_ lookup: Lookup) -> Head {
    let second = lookup.values.count > 1 ? lookup.values[1] : .zero
    return Head(
      query: (forms.append(lookup.query.x), forms.append(lookup.query.y)),
      key: (forms.append(lookup.key.x), forms.append(lookup.key.y)),
      values: (forms.append(lookup.values.first ?? .zero), forms.append(second)),
      outputs: lookup.outputs.map(\.index), rule: lookup.rule)
  }
}
