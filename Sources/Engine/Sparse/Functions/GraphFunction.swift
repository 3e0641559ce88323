/// A function by registers of a graph.
struct GraphFunction: Sendable {
  let argument: Register
  let one: Register
  /// The registers that it gives, in the order of its results.
  let results: [Register]
  /// The argument of the table's first row.
  let lowest: Int
  let table: [Double]  // [rows, results]
  let expression: FunctionExpression
}
