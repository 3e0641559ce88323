/// A function from small integers to several numbers, computed by one group of neurons.
///
/// At index i (an integer from 0 to rows − 1) output c is `columns[c][i]`; below 0 the first row holds, beyond the end
/// the last. Between integers the value is interpolated linearly. At the first position, where `one` is 0, so is every
/// output. One neuron relu(index − i) a row serves all columns, its outgoing weights being the second differences of the
/// columns; the group is one operation to schedule.
public struct Table: Hashable, Sendable {
  public let name: String
  public let index: Expression
  /// [columns][rows]
  public let columns: [[Double]]
  /// The dimensions that receive the columns, in the same order.
  public internal(set) var outputs: [Dimension]

  public var rowCount: Int { columns.first?.count ?? 0 }

  /// The neurons: breakpoint i and the weight of relu(index − i) towards each column.
  public var neurons: [(breakpoint: Int, weights: [Double])] {
    (0..<rowCount).compactMap { row in
      let weights = columns.map { Self.secondDifference($0, at: row) }
      return weights.contains { $0 != 0 } ? (row, weights) : nil
    }
  }

  /// The change of slope at `row` of the line through the points of `column`, flat on both sides.
  private static func secondDifference(_ column: [Double], at row: Int) -> Double {
    let before = row > 0 ? column[row] - column[row - 1] : 0
    let after = row + 1 < column.count ? column[row + 1] - column[row] : 0
    return after - before
  }
}
