extension SparseProgram {
  private var tokenCount: Int { embeddingColumns == 0 ? 0 : embedding.count / embeddingColumns }

  /// The embedding's row of a token.
  private func embedding(of token: Int) -> ArraySlice<Double> {
    embedding[token * embeddingColumns..<(token + 1) * embeddingColumns]
  }

  /// Which tokens bring anything along. The others begin a run, and nothing may be computed for them.
  var areCommonTokens: [Bool] {
    (0..<tokenCount).map { token in embedding(of: token).contains { $0 != 0 } }
  }

  /// The registers of embedding columns that hold one number for all common tokens, such as that which marks them, with that number.
  var commonRegisters: [Int: Double] {
    let areCommon = areCommonTokens
    let common = areCommon.indices.filter { areCommon[$0] }.map { embedding(of: $0) }
    // For one or two it might be chance.
    guard common.count > 2, let first = common.first else { return [:] }
    var registers: [Int: Double] = [:]
    for (column, number) in first.enumerated()
    where common.allSatisfy({ $0[$0.startIndex + column] == number }) {
      registers[Self.firstEmbeddingRegister + column] = number
    }
    return registers
  }

  /// Registers that are constants for all common tokens, and their numbers.
  var constants: [Int: Double] {
    commonRegisters.merging([Register.zero.index: 0]) { $1 }
  }
}
