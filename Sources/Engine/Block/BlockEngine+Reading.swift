extension BlockEngine {
  /// Reads tokens without asking what follows them.
  ///
  /// - Throws: `EngineError` at the first token that is not in the vocabulary or for which there is no position; nothing is read then.
  public mutating func read(_ tokens: [Int32]) throws(EngineError) {
    try check(tokens)
    compute(tokens, nil)
  }

  /// Reads tokens and predicts the one after each: the one with the highest score, the lowest id among equals.
  ///
  /// - Throws: `EngineError` at the first token that is not in the vocabulary or for which there is no position; nothing is read then.
  public mutating func predictions(after tokens: [Int32]) throws(EngineError) -> [Int32] {
    try check(tokens)
    return Array(unsafeUninitializedCapacity: tokens.count) { buffer, count in
      buffer.initialize(repeating: 0)
      compute(tokens, buffer.baseAddress)
      count = tokens.count
    }
  }

  private func check(_ tokens: [Int32]) throws(EngineError) {
    if let bad = tokens.firstIndex(where: { $0 < 0 || $0 >= vocabularySize }) {
      throw EngineError(.unknownToken(Int(tokens[bad]), vocabularySize: vocabularySize), position: position + bad)
    }
    guard tokens.count <= SparseEngine.positionLimit - position else {
      throw EngineError(.tooManyPositions(limit: SparseEngine.positionLimit), position: SparseEngine.positionLimit)
    }
  }

  /// Reads tokens that have been checked.
  private mutating func compute(_ tokens: [Int32], _ predictions: UnsafeMutablePointer<Int32>?) {
    let first = position
    if !isKnownUniquelyReferenced(&memory) { memory = memory.copy(of: first) }
    fallback.tokens += tokens
    run(from: first, predictions, wantedFrom: first)
    while let lookup = memory.refusedLookup {
      fallback.note(lookup, of: program.lookupRules.count)
      memory = BlockMemory(program, needHull: fallback.needHull)
      run(from: 0, predictions, wantedFrom: first)
    }
  }

  /// Computes the positions from `first` to the last token, as far as no index refuses.
  private func run(from first: Int, _ predictions: UnsafeMutablePointer<Int32>?, wantedFrom: Int) {
    let end = position
    memory.reserve(end, holding: first)
    let rows = BlockRows(rowCount: program.rowCount)
    fallback.tokens.withUnsafeBufferPointer { tokens in
      guard let tokens = tokens.baseAddress else { return }
      var first = first
      while first < end, memory.refusedLookup == nil {
        // A block holds either positions whose predictions are wanted or others.
        let limit = first < wantedFrom ? wantedFrom : end
        let span = BlockSpan(first: first, count: min(BlockRows.width, limit - first))
        program.embed(tokens + first, span, rows.handle)
        program.run(program.levels.indices, span, rows.handle, memory)
        if let predictions, first >= wantedFrom {
          program.predict(span, rows.handle, into: predictions + (first - wantedFrom))
        }
        first += span.count
      }
    }
  }
}
