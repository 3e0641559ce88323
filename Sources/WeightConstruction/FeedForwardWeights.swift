import Graph
import Scheduler
import Transformer

/// The feed-forward half of a layer: neurons for ReGLUs and then for tables, both in the graph's order, then one for each
/// value that passes through, in the order of their slots.
struct FeedForwardWeights {
  /// relu(gate) · value.
  private struct Neuron {
    let gate: Expression
    let value: Expression
  }

  let erased: [Int]
  private var neurons: [Neuron] = []
  private var output: OutputProjection
  private let stream: ResidualStream
  private let half: Int

  init(half: Int, of stream: ResidualStream) {
    self.stream = stream
    self.half = half
    output = OutputProjection(of: half, in: stream)
    erased = stream.slots(of: stream.layout.halves[half].erased)
    let operations = stream.layout.halves[half].operations.map { stream.graph.operations[$0] }
    for dimension in operations.flatMap(\.outputs) { appendNeuron(of: dimension) }
    let tables = operations.compactMap { operation -> Table? in
      if case .table(let table) = operation.kind { stream.graph.tables[table] } else { nil }
    }
    for table in tables { appendNeurons(of: table) }
    appendFirstRows(of: tables)
    for carrier in output.carriers {
      output.addSource(neurons.count, of: carrier)
      neurons.append(Neuron(gate: Expression(stream.one), value: Expression(carrier.dimension)))
    }
  }

  /// The number of neurons in use.
  var neuronCount: Int { neurons.count }

  private mutating func appendNeuron(of dimension: Dimension) {
    guard case .reglu(let value, let gate) = stream.graph.nodes[dimension.index].definition else { return }
    output.addSource(neurons.count, of: dimension)
    neurons.append(Neuron(gate: gate, value: value))
  }

  /// One neuron relu(index − row · one) · one for each change of slope, shared by all columns.
  private mutating func appendNeurons(of table: Table) {
    let one = Expression(stream.one)
    for dimension in table.outputs { output.addZero(dimension) }
    for (row, weights) in table.neurons {
      for (dimension, weight) in zip(table.outputs, weights) where weight != 0 {
        output.addSource(neurons.count, weight: weight, of: dimension)
      }
      neurons.append(Neuron(gate: table.index - Double(row) * one, value: one))
    }
  }

  /// One neuron relu(one) · one for the first rows of all tables.
  private mutating func appendFirstRows(of tables: [Table]) {
    let firstRows = tables.flatMap { zip($0.outputs, $0.columns.compactMap(\.first)) }.filter { $0.1 != 0 }
    if firstRows.isEmpty { return }
    for (dimension, weight) in firstRows { output.addSource(neurons.count, weight: weight, of: dimension) }
    neurons.append(Neuron(gate: Expression(stream.one), value: Expression(stream.one)))
  }

  /// The two matrices with room for `count` neurons: gate rows then value rows, and the output projection.
  ///
  /// - Precondition: `count` is at least ``neuronCount``.
  /// - Throws: ``WeightError`` when something reads what the stream does not hold.
  func padded(to count: Int) throws(WeightError) -> (input: Matrix, output: Matrix) {  // [2F, D], [D, F]
    var input = Matrix(rows: 2 * count, columns: stream.width)
    for (row, neuron) in neurons.enumerated() {
      try stream.write(neuron.gate, at: half, to: &input, row: row)
      try stream.write(neuron.value, at: half, to: &input, row: count + row)
    }
    return (input, try output.matrix(columnCount: count))
  }
}
