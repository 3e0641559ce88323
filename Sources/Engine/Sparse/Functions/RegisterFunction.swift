/// Registers that depend on one register alone, besides `one`, found in a table by that register's value.
///
/// The table holds what the neurons compute where `one` is 1 and the argument an integer in a range; anything else is computed by the
/// neurons themselves. So the numbers are the same to the bit. A machine with a program in its weights has hundreds of neurons
/// of this kind: each instruction is a step of some functions of the cursor.
struct RegisterFunction: Sendable {
  /// The registers of argument and `one`.
  let argument: Int
  let one: Int
  /// The register of the first result; the others follow.
  let destination: Int
  let resultCount: Int
  /// The argument of the table's first row.
  let lowest: Int
  let table: [Double]  // [rows, results]
  let expression: FunctionExpression

  /// The number of arguments that the table answers.
  var rowCount: Int { table.count / max(1, resultCount) }

  /// Computes the results.
  @inline(__always)
  func compute(_ registers: UnsafeMutableBufferPointer<Double>) {
    let value = registers[argument]
    if registers[one] == 1, let row = row(of: value) {
      for result in 0..<resultCount { registers[destination + result] = table[row * resultCount + result] }
    } else {
      evaluate(value, registers[one], into: registers)
    }
  }

  /// Lends the results for an argument.
  @inline(__always)
  func withResults(_ value: Double, one: Double, _ body: (UnsafeBufferPointer<Double>) -> Void) {
    if one == 1, let row = row(of: value) {
      table.withUnsafeBufferPointer {
        body(UnsafeBufferPointer(rebasing: $0[row * resultCount..<(row + 1) * resultCount]))
      }
    } else {
      expression.evaluate(value, one: one).withUnsafeBufferPointer(body)
    }
  }

  @inline(__always)
  private func row(of value: Double) -> Int? {
    // NaN lies in no range.
    guard value >= Double(lowest), value < Double(lowest + rowCount) else { return nil }
    let whole = Int(value)
    return Double(whole) == value ? whole - lowest : nil
  }

  /// Lets the neurons compute the results.
  @inline(never)
  func evaluate(_ value: Double, _ one: Double, into registers: UnsafeMutableBufferPointer<Double>) {
    for (place, result) in expression.evaluate(value, one: one).enumerated() {
      registers[destination + place] = result
    }
  }
}
