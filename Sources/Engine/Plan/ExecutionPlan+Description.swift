extension ExecutionPlan: CustomStringConvertible {
  /// One line for each level, after one about the embedding and before one about the output head.
  public var description: String {
    let lines = levels.enumerated().map { "level \($0 + 1): \($1.description)" }
    return (["embedding: \(counted(embeddingColumns, "column"))"] + lines + ["output head: \(outputHead)"])
      .joined(separator: "\n")
  }

  private var outputHead: String {
    guard numberedTokens > 0 else { return "\(counted(rowsInAll, "row")) scored" }
    return "\(counted(numberedTokens, "token")) found by number, \(counted(scoredRows, "row")) scored besides; "
      + "\(counted(rowsInAll, "row")) scored where the number is no token's"
  }
}

extension ExecutionPlan.Level: CustomStringConvertible {
  /// What is computed, kind by kind, in the order in which it is computed.
  public var description: String {
    var parts = tables.map { "table of \($0.rows) × \($0.columns) for \(counted($0.neurons, "neuron"))" }
    if sums > 0 { parts.append("\(counted(sums, "sum")) of \(counted(products, "product"))") }
    if neurons > 0 { parts.append(counted(neurons, "neuron")) }
    if storedNumbers > 0 { parts.append("\(counted(storedNumbers, "number")) stored") }
    if keySets > 0 { parts.append(counted(keySets, "key set")) }
    for use in HeadUse.allCases {
      if let count = heads[use] { parts.append(counted(count, "\(use.rawValue) head")) }
    }
    return parts.isEmpty ? "nothing" : parts.joined(separator: ", ")
  }
}

/// A number and what it counts.
private func counted(_ count: Int, _ noun: String) -> String {
  "\(count) \(noun)\(count == 1 ? "" : "s")"
}
