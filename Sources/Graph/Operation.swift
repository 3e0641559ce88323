/// Something to schedule: a computation that happens at one phase of one layer.
public struct Operation: Hashable, Sendable {
  /// The four things that a transformer layer can compute.
  public enum Kind: Hashable, Sendable {
    /// Half an attention head or a whole one: index into `ComputationGraph.lookups`.
    case lookup(Int)
    /// One neuron.
    case reglu
    /// One linear combination in an output projection.
    case persist
    /// A group of neurons and the linear combinations that read them: index into `ComputationGraph.tables`.
    case table(Int)
  }

  public let name: String
  public let kind: Kind
  /// What the operation computes: one dimension, or those of its lookup or table.
  public let outputs: [Dimension]
  /// What it reads, ascending, without repetition.
  public let reads: [Dimension]
}

extension ComputationGraph {
  static func operations(nodes: [Node], lookups: [Lookup], tables: [Table]) -> [Operation] {
    nodes.indices.compactMap { index in
      let name = nodes[index].name
      let output = Dimension(index: index)
      switch nodes[index].definition {
      case .input, .builtIn:
        return nil
      case .reglu(let value, let gate):
        return Operation(name: name, kind: .reglu, outputs: [output], reads: union([value, gate]))
      case .persist(let expression):
        return Operation(name: name, kind: .persist, outputs: [output], reads: union([expression]))
      case .lookupValue(let lookup, let value):
        guard value == 0, lookups.indices.contains(lookup) else { return nil }
        return operation(of: lookups[lookup], index: lookup)
      case .tableValue(let table, let column):
        guard column == 0, tables.indices.contains(table) else { return nil }
        let reads = union([tables[table].index, Expression(Dimension(index: 0))])
        return Operation(name: tables[table].name, kind: .table(table), outputs: tables[table].outputs, reads: reads)
      }
    }
  }

  private static func operation(of lookup: Lookup, index: Int) -> Operation {
    let reads = union([lookup.query.x, lookup.query.y, lookup.key.x, lookup.key.y] + lookup.values)
    return Operation(name: lookup.name, kind: .lookup(index), outputs: lookup.outputs, reads: reads)
  }

  private static func union(_ expressions: [Expression]) -> [Dimension] {
    Set(expressions.flatMap(\.dimensions)).sorted()
  }
}
