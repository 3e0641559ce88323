/// Builds a computation graph: dimensions are made by its methods, each from dimensions made before.
///
/// ```swift
/// var builder = GraphBuilder()
/// let digit = builder.input("digit")
/// let double = builder.persist(2 * digit, name: "double")
/// ```
///
/// A builder is a value: two builders share nothing. Asking twice for the same computation gives the same dimension, and
/// what no output needs is dropped when the graph is finished.
public struct GraphBuilder: Sendable {
  var nodes: [Node] = []
  var lookups: [Lookup] = []
  var tables: [Table] = []
  private var dimensionOf: [Definition: Dimension] = [:]
  private var lookupOf: [LookupIdentity: Int] = [:]
  private var tableOf: [TableIdentity: Int] = [:]
  private var usedNames: Set<String> = []

  private struct LookupIdentity: Hashable {
    let query: PlanePoint
    let key: PlanePoint
    let values: [Expression]
    let rule: TieRule
  }

  private struct TableIdentity: Hashable {
    let index: Expression
    let columns: [[Double]]
  }

  /// A builder that holds nothing but the four built-in inputs.
  public init() {
    for input in BuiltInInput.allCases {
      _ = dimension(.builtIn(input), name: input.rawValue, isRounded: input == .positionSquared)
    }
  }

  /// 1 at every position but the first, where it is 0.
  public var one: Expression { builtIn(.one) }
  /// The position t.
  public var position: Expression { builtIn(.position) }
  /// t².
  public var positionSquared: Expression { builtIn(.positionSquared) }
  /// 1/ln 2 − 1/ln(t + 2).
  public var inverseLogPosition: Expression { builtIn(.inverseLogPosition) }

  private func builtIn(_ input: BuiltInInput) -> Expression {
    Expression(Dimension(index: BuiltInInput.allCases.firstIndex(of: input) ?? 0))
  }

  /// A new column of the embedding. Each call makes another one.
  public mutating func input(_ name: String) -> Expression {
    Expression(append(.input, name: name, isRounded: false))
  }

  /// relu(gate) · value.
  ///
  /// - Parameter isLarge: whether the value may exceed 2⁵³ where it does not matter: what is computed next in its slot must
  ///   not suffer from it.
  public mutating func reglu(
    _ value: Expression, _ gate: Expression, name: String, isLarge: Bool = false
  ) -> Expression {
    let isRounded = isLarge || readsRounded(value) || readsRounded(gate)
    return Expression(dimension(.reglu(value: value, gate: gate), name: name, isRounded: isRounded))
  }

  /// The expression, stored in one slot.
  ///
  /// - Parameter isExact: whether the value is known to be an exact integer of modest size although what it is computed
  ///   from is not (the second half of a snap).
  public mutating func persist(_ expression: Expression, name: String, isExact: Bool = false) -> Expression {
    let isLarge = expression.terms.contains(where: \.isLarge)
    let isRounded = !isExact && (isLarge || readsRounded(expression))
    return Expression(dimension(.persist(expression), name: name, isRounded: isRounded))
  }

  /// A head with any query and key in the plane; the values come back in the order given.
  public mutating func lookup(
    values: [Expression], query: PlanePoint, key: PlanePoint, rule: TieRule, name: String
  ) -> [Expression] {
    let identity = LookupIdentity(query: query, key: key, values: values, rule: rule)
    if let known = lookupOf[identity] { return lookups[known].outputs.map { Expression($0) } }
    let index = lookups.count
    let unique = uniqueName(name)
    lookupOf[identity] = index
    lookups.append(Lookup(name: unique, query: query, key: key, values: values, rule: rule, outputs: []))
    let outputs = values.indices.map { value in
      let isRounded = rule == .average || readsRounded(values[value])
      return append(.lookupValue(lookup: index, index: value), name: "\(unique).\(value)", isRounded: isRounded)
    }
    lookups[index].outputs = outputs
    return outputs.map { Expression($0) }
  }

  /// Several functions of one small integer, as one group of neurons. See ``Table``.
  ///
  /// - Parameter isOwn: whether the group is to be made even if there is an equal one: so that graphs with other numbers in their tables
  ///   have the same operations.
  public mutating func table(
    _ columns: [[Double]], index: Expression, name: String, isOwn: Bool = false
  ) -> [Expression] {
    let identity = TableIdentity(index: index, columns: columns)
    if !isOwn, let known = tableOf[identity] { return tables[known].outputs.map { Expression($0) } }
    let number = tables.count
    let unique = uniqueName(name)
    tableOf[identity] = number
    tables.append(Table(name: unique, index: index, columns: columns, outputs: []))
    let isRounded = readsRounded(index)
    let outputs = columns.indices.map {
      append(.tableValue(table: number, index: $0), name: "\(unique).\($0)", isRounded: isRounded)
    }
    tables[number].outputs = outputs
    return outputs.map { Expression($0) }
  }

  private mutating func dimension(_ definition: Definition, name: String, isRounded: Bool) -> Dimension {
    if let known = dimensionOf[definition] { return known }
    let made = append(definition, name: name, isRounded: isRounded)
    dimensionOf[definition] = made
    return made
  }

  private mutating func append(_ definition: Definition, name: String, isRounded: Bool) -> Dimension {
    nodes.append(Node(name: uniqueName(name), definition: definition, isRounded: isRounded))
    return Dimension(index: nodes.count - 1)
  }

  private func readsRounded(_ expression: Expression) -> Bool {
    expression.terms.contains { nodes.indices.contains($0.dimension.index) && nodes[$0.dimension.index].isRounded }
  }

  /// The name itself, or with the first free number behind it.
  private mutating func uniqueName(_ name: String) -> String {
    var candidate = name
    var number = 2
    while !usedNames.insert(candidate).inserted {
      candidate = "\(name)#\(number)"
      number += 1
    }
    return candidate
  }
}
