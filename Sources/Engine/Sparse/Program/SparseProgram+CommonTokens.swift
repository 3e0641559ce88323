extension SparseProgram {
  /// As many tokens at most may be exceptions.
  private static let exceptionLimit = 2

  /// The registers of embedding columns that hold one number for all tokens but a few, with that number.
  ///
  /// Such a column marks the first token of a run, which nothing may be computed for.
  var commonRegisters: [Int: Double] {
    let tokens = embeddingColumns == 0 ? 0 : embedding.count / embeddingColumns
    guard tokens > 2 * Self.exceptionLimit else { return [:] }
    var common: [Int: Double] = [:]
    for column in 0..<embeddingColumns {
      var counts: [Double: Int] = [:]
      for token in 0..<tokens { counts[embedding[token * embeddingColumns + column], default: 0] += 1 }
      let usual = counts.first { $0.value >= tokens - Self.exceptionLimit }
      if let usual { common[Self.firstEmbeddingRegister + column] = usual.key }
    }
    return common
  }
}
