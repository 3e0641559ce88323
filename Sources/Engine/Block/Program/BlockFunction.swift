/// A function with rows in the place of registers.
struct BlockFunction: Sendable {
  /// The function itself, by registers.
  let function: RegisterFunction
  let argument: Int
  let one: Int
  /// The row of each result, nil where nothing reads it.
  let destinations: [Int?]

  /// Computes the results for each position.
  func compute(_ span: BlockSpan, _ rows: BlockRows.Handle) {
    for lane in 0..<span.count {
      function.withResults(rows[argument][lane], one: rows[one][lane]) { results in
        for (result, row) in zip(results, destinations) {
          if let row { rows[row][lane] = result }
        }
      }
    }
  }
}
