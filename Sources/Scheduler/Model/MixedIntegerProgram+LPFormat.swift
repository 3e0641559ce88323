extension MixedIntegerProgram {
  /// The program as text in CPLEX's LP format, columns named c0, c1, ….
  package var lpFormat: String {
    var text =
      "Minimize\n obj:"
      + columns.indices.filter { columns[$0].cost != 0 }
      .map { Self.text(columns[$0].cost, $0) }.joined() + "\nSubject To\n"
    for row in 0..<rowCount {
      let sum = terms[rowStarts[row]..<rowStarts[row + 1]].map { Self.text($0.coefficient, $0.column) }.joined()
      let relation = rowLower[row] == rowUpper[row] ? "=" : "<="
      text += " r\(row):\(sum) \(relation) \(Self.text(rowUpper[row]))\n"
    }
    text += "Bounds\n"
    for (number, column) in columns.enumerated() {
      text += " \(Self.text(column.lower)) <= c\(number) <= \(Self.text(column.upper))\n"
    }
    text += "General\n"
    for (number, column) in columns.enumerated() where column.isInteger { text += " c\(number)\n" }
    return text + "End\n"
  }

  private static func text(_ coefficient: Double, _ column: Int) -> String {
    " \(coefficient < 0 ? "-" : "+") \(text(abs(coefficient))) c\(column)"
  }

  private static func text(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 0x1p53 ? String(Int(value)) : String(value)
  }
}
