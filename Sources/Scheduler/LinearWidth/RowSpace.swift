/// The space spanned by rows that are added one by one.
package struct RowSpace {
  /// Rows whose first non-zero entry is a 1, by the column of that entry.
  private var basis: [Int: [ModularNumber]] = [:]

  package init() {}

  /// The number of independent rows so far.
  package var rank: Int { basis.count }

  /// Adds a row.
  package mutating func add(_ row: [ModularNumber]) {
    var row = row
    for column in row.indices where row[column] != .zero {
      guard let known = basis[column] else {
        let scale = row[column].inverse
        basis[column] = row.map { $0 * scale }
        return
      }
      let factor = row[column]
      for index in column..<row.count { row[index] = row[index] - factor * known[index] }
    }
  }
}
