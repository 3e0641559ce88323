/// A dense matrix of binary64 numbers, stored row by row.
///
/// The shape is fixed when the matrix is made, so whoever holds one may rely on `elements.count == rows * columns`.
public struct Matrix: Hashable, Sendable {
  /// The number of rows.
  public let rows: Int
  /// The number of columns.
  public let columns: Int
  /// The elements, row-major: element (r, c) is at `r * columns + c`.
  public private(set) var elements: [Double]  // [rows, columns]

  /// A matrix of zeros.
  ///
  /// - Precondition: `rows` and `columns` are not negative.
  public init(rows: Int, columns: Int) {
    precondition(rows >= 0 && columns >= 0, "a matrix has no negative side")
    self.rows = rows
    self.columns = columns
    elements = Array(repeating: 0, count: rows * columns)
  }

  /// A matrix of given elements, row-major; nil when their number is not `rows * columns`.
  public init?(rows: Int, columns: Int, elements: [Double]) {
    let (count, overflow) = rows.multipliedReportingOverflow(by: columns)
    guard rows >= 0, columns >= 0, !overflow, elements.count == count else { return nil }
    self.rows = rows
    self.columns = columns
    self.elements = elements
  }

  /// The element in a row and a column, both counted from 0.
  ///
  /// - Precondition: the row and the column lie in the matrix.
  public subscript(row: Int, column: Int) -> Double {
    get {
      precondition(row >= 0 && row < rows && column >= 0 && column < columns, "element outside the matrix")
      return elements[row * columns + column]
    }
    set {
      precondition(row >= 0 && row < rows && column >= 0 && column < columns, "element outside the matrix")
      elements[row * columns + column] = newValue
    }
  }

  /// The number of elements that are not zero.
  public var nonZeroCount: Int {
    elements.count { $0 != 0 }
  }

  /// The elements of one row, in column order.
  ///
  /// - Precondition: the row lies in the matrix.
  public func row(_ row: Int) -> ArraySlice<Double> {
    precondition(row >= 0 && row < rows, "row outside the matrix")
    return elements[row * columns..<(row + 1) * columns]
  }
}
