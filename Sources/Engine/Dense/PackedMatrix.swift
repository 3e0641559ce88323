import Transformer

/// A matrix laid out for multiplication with a vector, eight rows at a time.
///
/// Every row adds its products one after the other in the order of `Matrix.summands(ofRow:)`, so the result equals, to the
/// bit, that of an engine that skips the zeros.
struct PackedMatrix: Sendable {
  /// The number of rows rounded up to whole tiles: what a result needs room for.
  let paddedRows: Int
  /// The number of columns: what a vector must have at least.
  let columns: Int
  /// Eight rows' weights in one column. Large weights have steps of their own before the others.
  private var weights: [SIMD8<Double>] = []  // [steps]
  /// The column of each step.
  private var sources: [Int] = []  // [steps]
  /// Where the steps of each tile end.
  private var ends: [Int] = []  // [tiles]

  init(_ matrix: Matrix) {
    columns = matrix.columns
    paddedRows = (matrix.rows + 7) / 8 * 8
    for first in stride(from: 0, to: matrix.rows, by: 8) {
      let rows = first..<min(first + 8, matrix.rows)
      appendSteps(matrix, rows, skippingEmpty: true) { $0.magnitude >= Matrix.largeWeight }
      appendSteps(matrix, rows, skippingEmpty: false) { $0.magnitude < Matrix.largeWeight }
      ends.append(weights.count)
    }
  }

  private mutating func appendSteps(
    _ matrix: Matrix, _ rows: Range<Int>, skippingEmpty: Bool, where isWanted: (Double) -> Bool
  ) {
    for column in 0..<matrix.columns {
      var lanes = SIMD8<Double>.zero
      for row in rows where isWanted(matrix[row, column]) {
        lanes[row - rows.lowerBound] = matrix[row, column]
      }
      if skippingEmpty, lanes == .zero { continue }
      weights.append(lanes)
      sources.append(column)
    }
  }

  /// Multiplies the matrix with a vector.
  ///
  /// - Precondition: `vector` has at least `columns` elements and `result` at least `paddedRows`.
  func multiply(_ vector: [Double], into result: inout [Double]) {
    precondition(vector.count >= columns && result.count >= paddedRows, "vector too short")
    weights.withUnsafeBufferPointer { weights in
      sources.withUnsafeBufferPointer { sources in
        vector.withUnsafeBufferPointer { vector in
          result.withUnsafeMutableBufferPointer { result in
            var step = 0
            for tile in ends.indices {
              var sum = SIMD8<Double>.zero
              while step < ends[tile] {
                sum += weights[step] * vector[sources[step]]
                step += 1
              }
              for lane in 0..<8 { result[8 * tile + lane] = sum[lane] }
            }
          }
        }
      }
    }
  }
}
