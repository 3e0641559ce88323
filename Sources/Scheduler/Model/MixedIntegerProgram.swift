/// A linear program some of whose columns must be whole numbers; the objective is minimised.
package struct MixedIntegerProgram: Sendable {
  /// One variable.
  package struct Column: Sendable {
    package let name: String
    package let lower: Double
    package let upper: Double
    package let isInteger: Bool
    package let cost: Double
  }

  /// A coefficient of a row.
  package struct Term: Sendable {
    package let column: Int
    package let coefficient: Double
  }

  package private(set) var columns: [Column] = []
  /// The rows, one after another.
  package private(set) var terms: [Term] = []
  /// Where each row begins in `terms`, and at the end the number of terms.
  package private(set) var rowStarts: [Int] = [0]
  /// The least value of each row; −∞ where there is none.
  package private(set) var rowLower: [Double] = []
  /// The greatest value of each row; ∞ where there is none.
  package private(set) var rowUpper: [Double] = []

  package init() {}

  package var rowCount: Int { rowLower.count }

  /// Adds a variable and returns its number.
  package mutating func addColumn(
    _ name: String, from lower: Double, to upper: Double, isInteger: Bool, cost: Double = 0
  ) -> Int {
    columns.append(Column(name: name, lower: lower, upper: upper, isInteger: isInteger, cost: cost))
    return columns.count - 1
  }

  /// Adds `sum ≤ 0`, unless the bounds of the columns imply it.
  package mutating func addAtMostZero(_ sum: LinearSum) {
    add(sum, lower: -.infinity)
  }

  /// Adds `sum = 0`.
  package mutating func addZero(_ sum: LinearSum) {
    add(sum, lower: -sum.constant)
  }

  /// The first row or column whose limits the values break by more than `tolerance`, in words; nil when there is none.
  package func firstBroken(by values: [Double], tolerance: Double = 1e-6) -> String? {
    guard values.count == columns.count else { return "\(values.count) values for \(columns.count) columns" }
    for (column, value) in zip(columns, values) {
      let isWhole = !column.isInteger || abs(value - value.rounded()) <= tolerance
      if value < column.lower - tolerance || value > column.upper + tolerance || !isWhole {
        return "\(column.name) = \(value)"
      }
    }
    for row in 0..<rowCount {
      let sum = terms[rowStarts[row]..<rowStarts[row + 1]].reduce(0.0) { $0 + $1.coefficient * values[$1.column] }
      if sum < rowLower[row] - tolerance || sum > rowUpper[row] + tolerance {
        let names = terms[rowStarts[row]..<rowStarts[row + 1]].map { "\($0.coefficient) \(columns[$0.column].name)" }
        return "row \(row): \(sum), at most \(rowUpper[row]): \(names.joined(separator: " "))"
      }
    }
    return nil
  }

  private mutating func add(_ sum: LinearSum, lower: Double) {
    let merged = sum.merged
    let greatest = merged.reduce(sum.constant) { bound, term in
      let column = columns[term.column]
      return bound + term.coefficient * (term.coefficient > 0 ? column.upper : column.lower)
    }
    if lower == -.infinity, greatest <= 0 { return }
    terms += merged
    rowStarts.append(terms.count)
    rowLower.append(lower)
    rowUpper.append(-sum.constant)
  }
}

/// A constant and a sum of multiples of columns.
package struct LinearSum: Sendable {
  package var constant = 0.0
  package var terms: [MixedIntegerProgram.Term] = []

  package init(_ constant: Double) {
    self.constant = constant
  }

  package init(column: Int, _ coefficient: Double = 1) {
    terms = [MixedIntegerProgram.Term(column: column, coefficient: coefficient)]
  }

  /// The value of the sum for given values of the columns.
  func value(_ values: [Double]) -> Double {
    terms.reduce(constant) { $0 + $1.coefficient * values[$1.column] }
  }

  /// Whether the sum is 0 whatever the columns are.
  package var isZero: Bool { constant == 0 && terms.isEmpty }

  /// Whether the sum is one column and nothing else.
  var isColumn: Bool { constant == 0 && terms.count == 1 && terms[0].coefficient == 1 }

  package mutating func add(_ other: LinearSum, times factor: Double = 1) {
    constant += factor * other.constant
    for term in other.terms {
      terms.append(MixedIntegerProgram.Term(column: term.column, coefficient: factor * term.coefficient))
    }
  }

  package static func - (left: LinearSum, right: LinearSum) -> LinearSum {
    var result = left
    result.add(right, times: -1)
    return result
  }

  /// The terms in ascending order of their column, each column once, without zeros.
  var merged: [MixedIntegerProgram.Term] {
    var sums: [Int: Double] = [:]
    for term in terms { sums[term.column, default: 0] += term.coefficient }
    return sums.filter { $0.value != 0 }.sorted { $0.key < $1.key }
      .map { MixedIntegerProgram.Term(column: $0.key, coefficient: $0.value) }
  }
}
