import Attention
public import Graph

/// Runs a computation graph directly, token by token, without weights: what every engine is compared with.
///
/// ```swift
/// var evaluator = GraphEvaluator(graph)
/// var next = try evaluator.prefill(prompt)
/// while next != stop { next = try evaluator.step(next) }
/// ```
///
/// The first token of a run stands at position 0, where the input `one` is 0 whatever the token; a transformer agrees when
/// that token is one of those whose embedding is empty. An evaluator is a value: a copy is a fork of the run.
public struct GraphEvaluator: Sendable {
  /// How lookups find the key with the highest score. Both give the same values.
  public enum LookupMethod: String, Hashable, Sendable, CaseIterable {
    /// A convex hull of the keys: O(log n) a query.
    case hull
    /// A comparison with every key: O(n) a query.
    case reference
  }

  public let graph: ComputationGraph
  /// The number of tokens read so far, which is the position of the next.
  public private(set) var position = 0

  private let plan: EvaluationPlan
  private var values: [Double]  // [dimensions]
  private var caches: [any ArgmaxHeadCache]  // [lookups]
  private var logits: [Double]  // [tokens]

  /// An evaluator that has seen no token.
  public init(_ graph: ComputationGraph, lookups: LookupMethod = .hull) {
    self.graph = graph
    plan = EvaluationPlan(graph)
    values = Array(repeating: 0, count: graph.nodes.count)
    logits = Array(repeating: 0, count: graph.tokens.count)
    caches = plan.heads.map { head in
      let rule: Attention.TieRule = head.rule == .latest ? .latest : .average
      switch lookups {
      case .hull: return HullHeadCache(tieRule: rule)
      case .reference: return ReferenceHeadCache(tieRule: rule)
      }
    }
  }

  /// Reads a token and returns the next: the one with the highest score, of equal ones the lowest id.
  ///
  /// - Throws: ``EvaluatorError`` when the vocabulary has no such token; the evaluator is then as before.
  public mutating func step(_ token: Int) throws(EvaluatorError) -> Int {
    try advance(token)
    return predictedToken()
  }

  /// Reads a token without asking for the next.
  public mutating func advance(_ token: Int) throws(EvaluatorError) {
    guard plan.embeddings.indices.contains(token) else {
      throw EvaluatorError(.unknownToken(id: token, vocabularySize: plan.embeddings.count), position: position)
    }
    embed(plan.embeddings[token])
    for step in plan.steps {
      switch step {
      case .reglu(let value, let gate, let output):
        let opening = plan.forms.value(of: gate, values)
        values[output] = opening > 0 ? opening * plan.forms.value(of: value, values) : 0
      case .persist(let form, let output):
        values[output] = plan.forms.value(of: form, values)
      case .lookup(let head):
        lookUp(head)
      case .table(let table):
        readTable(plan.tables[table])
      }
    }
    position += 1
  }

  /// The value of a dimension at the last position; 0 before the first token.
  ///
  /// - Precondition: the dimension is one of this graph's.
  public func value(of dimension: Dimension) -> Double {
    values[dimension.index]
  }

  /// The value of an expression at the last position.
  ///
  /// - Precondition: the expression is over dimensions of this graph.
  public func value(of expression: Expression) -> Double {
    expression.evaluated { values[$0.index] }
  }

  /// The value, at the last position, of the dimension with a name; nil when the graph has no such dimension.
  ///
  /// - Complexity: O(dimensions).
  public func value(named name: String) -> Double? {
    graph.nodes.firstIndex { $0.name == name }.map { values[$0] }
  }

  /// The score of every token after the last position, by id.
  public func scores() -> [Double] {
    var scores = logits
    plan.scores.evaluate(values, into: &scores)
    return scores
  }

  private mutating func predictedToken() -> Int {
    plan.scores.evaluate(values, into: &logits)
    var best = 0
    for token in logits.indices where logits[token] > logits[best] { best = token }
    return best
  }

  private mutating func embed(_ embedding: EvaluationPlan.Embedding) {
    for input in plan.inputs { values[input] = 0 }
    for (dimension, value) in zip(embedding.dimensions, embedding.values) { values[dimension] = value }
    for (dimension, input) in plan.builtIns { values[dimension] = input.value(at: position) }
  }

  private mutating func lookUp(_ index: Int) {
    let head = plan.heads[index]
    let key = SIMD2(plan.forms.value(of: head.key.x, values), plan.forms.value(of: head.key.y, values))
    let own = SIMD2(
      plan.forms.value(of: head.values.first, values), plan.forms.value(of: head.values.second, values))
    caches[index].insert(key: key, value: own)
    let query = SIMD2(plan.forms.value(of: head.query.x, values), plan.forms.value(of: head.query.y, values))
    let found = caches[index].query(query)
    for (value, output) in head.outputs.enumerated() { values[output] = found[value] }
  }

  /// A table speaks through `one`, so that it gives 0 at the first position.
  private mutating func readTable(_ table: EvaluationPlan.TableStep) {
    let index = plan.forms.value(of: table.index, values)
    for (column, output) in zip(table.columns, table.outputs) {
      values[output] = position == 0 ? 0 : Self.interpolated(column, at: index)
    }
  }

  private static func interpolated(_ column: [Double], at index: Double) -> Double {
    let last = column.count - 1
    if !(index > 0) { return column[0] }
    if !(index < Double(last)) { return column[last] }
    let row = Int(index)
    return column[row] + (index - Double(row)) * (column[row + 1] - column[row])
  }
}
