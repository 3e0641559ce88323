import Graph
import Scheduler
import Transformer

/// How the columns of an output projection, the heads' values or the neurons, make what a half-layer adds to the stream.
struct OutputProjection {
  /// A dimension that a passthrough brings to a column.
  struct Carrier {
    let dimension: Dimension
    /// Whether the column only serves to subtract the dimension; see ``StreamUpdate/separate``.
    let isSeparate: Bool
  }

  /// What must pass through, in the order of its columns.
  let carriers: [Carrier]
  private let updates: [StreamUpdate]
  private let stream: ResidualStream
  private let half: Int
  /// Columns and weights that add up to each dimension.
  private var sources: [Dimension: [(column: Int, weight: Double)]] = [:]
  private var separateColumns: [Dimension: Int] = [:]

  init(of half: Int, in stream: ResidualStream) {
    self.stream = stream
    self.half = half
    updates = StreamUpdate.updates(of: half, in: stream)
    carriers =
      stream.layout.halves[half].carried.map { Carrier(dimension: $0, isSeparate: false) }
      + updates.compactMap { $0.separate.map { Carrier(dimension: $0, isSeparate: true) } }
  }

  /// Makes a dimension available that is 0 as long as no column is added to it.
  mutating func addZero(_ dimension: Dimension) {
    sources[dimension] = []
  }

  /// Makes a dimension available as `weight` times a column, in addition to what was said of it before.
  mutating func addSource(_ column: Int, weight: Double = 1, of dimension: Dimension) {
    sources[dimension, default: []].append((column, weight))
  }

  /// Makes what is carried available.
  mutating func addSource(_ column: Int, of carrier: Carrier) {
    if carrier.isSeparate {
      separateColumns[carrier.dimension] = column
    } else {
      addSource(column, of: carrier.dimension)
    }
  }

  /// The matrix from `columnCount` columns to the slots of the stream.
  ///
  /// - Throws: ``WeightError`` when an update reads what no column gives.
  func matrix(columnCount: Int) throws(WeightError) -> Matrix {  // [D, columns]
    var matrix = Matrix(rows: stream.width, columns: columnCount)
    for update in updates {
      for term in update.change.terms {
        guard let sources = sources[term.dimension] else { throw absent(term.dimension) }
        for source in sources { matrix[update.slot, source.column] += term.coefficient * source.weight }
      }
      if let old = update.separate {
        guard let column = separateColumns[old] else { throw absent(old) }
        matrix[update.slot, column] = -1
      }
    }
    return matrix
  }

  private func absent(_ dimension: Dimension) -> WeightError {
    WeightError(.absentDimension(stream.graph.name(of: dimension), boundary: half))
  }
}
