import Graph
import Scheduler
import Transformer

/// Where the dimensions of a graph are in the residual stream, and how expressions become rows over its slots.
struct ResidualStream {
  let graph: ComputationGraph
  let layout: Layout

  var width: Int { layout.schedule.modelWidth }
  var one: Dimension { graph.dimension(of: .one) }

  /// The slot of a dimension at a boundary.
  ///
  /// - Throws: ``WeightError`` when the stream does not hold the dimension there.
  func slot(of dimension: Dimension, at boundary: Int) throws(WeightError) -> Int {
    guard let residence = layout.residences[dimension.index], residence.birth <= boundary,
      boundary <= residence.death ?? boundary
    else { throw WeightError(.absentDimension(graph.name(of: dimension), boundary: boundary)) }
    return residence.slot
  }

  /// The slots of dimensions, leaving out those that have none.
  func slots(of dimensions: [Dimension]) -> [Int] {
    dimensions.compactMap { layout.residences[$0.index]?.slot }
  }

  /// Writes `factor` times an expression into a row of a matrix over the slots of a boundary.
  ///
  /// - Throws: ``WeightError`` when the stream does not hold a dimension of the expression there.
  func write(
    _ expression: Expression, times factor: Double = 1, at boundary: Int, to matrix: inout Matrix, row: Int
  ) throws(WeightError) {
    for term in expression.terms {
      matrix[row, try slot(of: term.dimension, at: boundary)] = factor * term.coefficient
    }
  }
}
