/// A factor that is known beforehand: a number, or one for each row of the selected token's table.
enum Coefficient: Hashable, Sendable {
  case number(Double)
  case column([Double])  // [rows]

  /// One number where all rows have the same.
  private init(_ rows: [Double]) {
    self = rows.allSatisfy { $0 == rows[0] } ? .number(rows[0]) : .column(rows)
  }

  /// A column, or a number if all rows have the same.
  static func rows(_ rows: [Double]) -> Coefficient {
    rows.isEmpty ? .number(0) : Coefficient(rows)
  }

  var isZero: Bool { self == .number(0) }

  /// The number in a row.
  subscript(row: Int) -> Double {
    switch self {
    case .number(let number): number
    case .column(let rows): rows[row]
    }
  }

  var range: NumberRange {
    switch self {
    case .number(let number): NumberRange(number)
    case .column(let rows): NumberRange(rows)
    }
  }

  /// relu.
  var opened: Coefficient {
    map { $0 > 0 ? $0 : 0 }
  }

  private func map(_ transform: (Double) -> Double) -> Coefficient {
    switch self {
    case .number(let number): .number(transform(number))
    case .column(let rows): .rows(rows.map(transform))
    }
  }

  /// The result of an operation in each row; nil where it would be rounded.
  private func combined(_ other: Coefficient, _ operation: (Double, Double) -> Double?) -> Coefficient? {
    if case .number(let left) = self, case .number(let right) = other {
      return operation(left, right).map(Coefficient.number)
    }
    let count =
      switch (self, other) {
      case (.column(let rows), _), (_, .column(let rows)): rows.count
      default: 1
      }
    var results: [Double] = []
    results.reserveCapacity(count)
    for row in 0..<count {
      guard let result = operation(self[row], other[row]) else { return nil }
      results.append(result)
    }
    return Coefficient(results)
  }

  /// The sum; nil when it would be rounded.
  func adding(_ other: Coefficient) -> Coefficient? {
    combined(other) { left, right in
      let sum = left + right
      let part = sum - left
      return sum.isFinite && (left - (sum - part)) + (right - part) == 0 ? sum : nil
    }
  }

  /// The product; nil when it would be rounded.
  func multiplied(by other: Coefficient) -> Coefficient? {
    combined(other) { left, right in
      let product = left * right
      // Far from the ends of the exponent's range the error is a number, too.
      let isInReach = product == 0 ? left == 0 || right == 0 : (0x1p-800...0x1p800).contains(product.magnitude)
      return isInReach && (-product).addingProduct(left, right) == 0 ? product : nil
    }
  }
}
