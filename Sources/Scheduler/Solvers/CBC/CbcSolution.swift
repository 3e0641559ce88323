/// A solution in the format of CBC's files: a line of status, then number, name and value of each column that is not 0.
struct CbcSolution {
  let values: [Double]
  let isOptimal: Bool

  /// Reads a file; nil when it holds no whole-number solution.
  init?(_ text: String, columnCount: Int) {
    let lines = text.split(separator: "\n")
    guard let status = lines.first, !Self.isInfeasible(text), !status.contains("no integer solution") else {
      return nil
    }
    var values = [Double](repeating: 0, count: columnCount)
    for line in lines.dropFirst() {
      // A column that is a little beyond its bounds has two stars in front.
      let fields = line.split(separator: " ").filter { $0 != "**" }
      guard fields.count >= 3, let column = Int(fields[1].dropFirst()), values.indices.contains(column),
        let value = Double(fields[2])
      else { return nil }
      values[column] = value
    }
    self.values = values
    isOptimal = status.hasPrefix("Optimal")
  }

  /// Whether the file says that there is no solution at all.
  static func isInfeasible(_ text: String) -> Bool {
    text.prefix { $0 != "\n" }.contains("nfeasible")
  }

  /// The whole-number columns of a solution as a file that CBC starts from.
  static func text(of values: [Double], for program: MixedIntegerProgram) -> String {
    var text = "start\n"
    for (number, column) in program.columns.enumerated() where column.isInteger && number < values.count {
      text += "\(number) c\(number) \(values[number]) 0\n"
    }
    return text
  }
}
