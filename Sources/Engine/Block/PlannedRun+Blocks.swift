extension PlannedRun {
  /// Reads tokens, many positions at once.
  mutating func read(_ tokens: [Int32]) throws(EngineError) {
    try check(tokens)
    compute(tokens, nil)
  }

  /// Reads tokens, many positions at once, and predicts the one after each.
  mutating func predictions(after tokens: [Int32]) throws(EngineError) -> [Int32] {
    try check(tokens)
    return Array(unsafeUninitializedCapacity: tokens.count) { buffer, count in
      buffer.initialize(repeating: 0)
      compute(tokens, buffer.baseAddress)
      count = tokens.count
    }
  }

  private func check(_ tokens: [Int32]) throws(EngineError) {
    if let bad = tokens.firstIndex(where: { $0 < 0 || $0 >= model.vocabularySize }) {
      throw EngineError(
        .unknownToken(Int(tokens[bad]), vocabularySize: model.vocabularySize), position: position + bad)
    }
    guard tokens.count <= SparseEngine.positionLimit - position else {
      throw EngineError(.tooManyPositions(limit: SparseEngine.positionLimit), position: SparseEngine.positionLimit)
    }
  }

  /// Reads tokens that have been checked.
  private mutating func compute(_ tokens: [Int32], _ predictions: UnsafeMutablePointer<Int32>?) {
    let first = position
    let end = first + tokens.count
    if !isKnownUniquelyReferenced(&memory) { memory = memory.copy(positions: first) }
    memory.reserve(end, holding: first)
    tokens.withUnsafeBufferPointer { tokens in
      guard let tokens = tokens.baseAddress else { return }
      memory.state.pointee.tokens.advanced(by: first).update(from: tokens, count: end - first)
    }
    memory.run(first..<end, predictions)
    while let hull = memory.refusedHull {
      fallback.note(hull, of: model.program.insertions.count)
      let old = memory
      memory = RunMemory(model, needHull: fallback.needHull)
      memory.reserve(end, holding: 0)
      memory.state.pointee.tokens.update(from: old.state.pointee.tokens, count: end)
      memory.run(0..<first, nil)
      if memory.refusedHull == nil { memory.run(first..<end, predictions) }
    }
    position = end
  }
}

extension RunMemory {
  /// Computes positions whose tokens are there, as far as no index refuses.
  ///
  /// - Parameter predictions: Room for the token after each of them; nil when nobody asks.
  fileprivate func run(_ positions: Range<Int>, _ predictions: UnsafeMutablePointer<Int32>?) {
    let program = model.blocks
    let rows = BlockRows(rowCount: program.rowCount)
    refusedHull = withBlockMemory { memory in
      for first in stride(from: positions.lowerBound, to: positions.upperBound, by: program.width) {
        let span = BlockSpan(first: first, count: min(program.width, positions.upperBound - first))
        program.embed(span, rows.handle, memory.history)
        if let hull = program.run(program.levels.indices, span, rows.handle, memory) { return hull }
        if let predictions { program.predict(span, rows.handle, into: predictions + (first - positions.lowerBound)) }
      }
      return nil
    }
  }
}
