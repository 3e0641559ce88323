package import Graph

/// Who computes and who reads each dimension of a graph, and how its slot may change hands: what every scheduler, the
/// layout and the checks ask.
package struct Dependencies: Sendable {
  package let graph: ComputationGraph
  package let reuse: ReuseRule
  /// The operation that computes each dimension, nil for inputs.
  package let producers: [Int?]  // [dimensions]
  /// The operations that read each dimension, ascending.
  package let readers: [[Int]]  // [dimensions]
  /// Whether the dimension is needed after the last layer: by the output head, by passthroughs (`one` and the position)
  /// or by recency (the inverse logarithm).
  package let staysToTheEnd: [Bool]  // [dimensions]
  /// Whether the slot of the dimension must be empty for one half-layer after its last reading.
  package let mustBeErased: [Bool]  // [dimensions]
  /// Whether the dimension may only move into a slot that is empty: a fraction would lose digits in (new − old) + old.
  package let needsEmptySlot: [Bool]  // [dimensions]

  package init(of graph: ComputationGraph, reuse: ReuseRule) {
    self.graph = graph
    self.reuse = reuse
    var producers = [Int?](repeating: nil, count: graph.nodes.count)
    var readers = [[Int]](repeating: [], count: graph.nodes.count)
    for (number, operation) in graph.operations.enumerated() {
      for output in operation.outputs { producers[output.index] = number }
      for read in operation.reads { readers[read.index].append(number) }
    }
    var stays = graph.nodes.map { node in
      if case .builtIn = node.definition { true } else { false }
    }
    for dimension in graph.headDimensions { stays[dimension.index] = true }
    self.producers = producers
    self.readers = readers
    self.staysToTheEnd = stays
    let isInteger = IntegerValues(of: graph).isInteger
    mustBeErased = graph.nodes.indices.map { reuse == .delayed || graph.nodes[$0].isRounded || !isInteger[$0] }
    needsEmptySlot = isInteger.map { reuse == .immediate && !$0 }
  }

  /// The operations, in the graph's order.
  package var operations: [Operation] { graph.operations }

  /// Whether the dimension is an input: there from the embedding on.
  package func isInput(_ dimension: Dimension) -> Bool { producers[dimension.index] == nil }

  /// Whether anything reads the dimension.
  package func isRead(_ dimension: Dimension) -> Bool {
    staysToTheEnd[dimension.index] || !readers[dimension.index].isEmpty
  }

  /// Whether the reader, run in the half-layer that computes the dimension, takes it from there and not from the stream.
  ///
  /// Persists are rows of the projection that the heads' values, or the neurons, go through; a table's outputs are such
  /// rows themselves.
  package func canReadDirectly(_ reader: Int, _ dimension: Dimension) -> Bool {
    guard operations[reader].kind == .persist, let producer = producers[dimension.index] else { return false }
    switch operations[producer].kind {
    case .lookup, .reglu: return true
    case .persist, .table: return false
    }
  }

  /// The lookup that the operation must share a layer with: it reads a mean that this lookup returns.
  package func coupledLookups(of reader: Int) -> [Int] {
    let producersRead = Set(operations[reader].reads.compactMap { producers[$0.index] })
    return producersRead.sorted().filter { isAverage($0) }
  }

  /// Whether the operation is a lookup by the average rule.
  package func isAverage(_ operation: Int) -> Bool {
    guard case .lookup(let index) = operations[operation].kind else { return false }
    return graph.lookups[index].rule == .average
  }
}
