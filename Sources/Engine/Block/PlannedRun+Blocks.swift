import Foundation

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

  func check(_ tokens: [Int32]) throws(EngineError) {
    if let bad = tokens.firstIndex(where: { $0 < 0 || $0 >= model.vocabularySize }) {
      throw EngineError(
        .unknownToken(Int(tokens[bad]), vocabularySize: model.vocabularySize), position: position + bad)
    }
    guard tokens.count <= SparseEngine.positionLimit - position else {
      throw EngineError(.tooManyPositions(limit: SparseEngine.positionLimit), position: SparseEngine.positionLimit)
    }
  }

  /// Reads tokens that have been checked.
  ///
  /// - Returns: What can bring the memory back, when that was asked for and no token had to be read again.
  @discardableResult
  mutating func compute(
    _ tokens: [Int32], _ predictions: UnsafeMutablePointer<Int32>?, keepsJournal: Bool = false
  ) -> [BlockStage]? {
    let first = position
    let end = first + tokens.count
    if !isKnownUniquelyReferenced(&memory) { memory = memory.copy(positions: first) }
    memory.reserve(end, holding: first)
    tokens.withUnsafeBufferPointer { tokens in
      guard let tokens = tokens.baseAddress else { return }
      memory.state.pointee.tokens.advanced(by: first).update(from: tokens, count: end - first)
    }
    position = end
    let stages = memory.run(first..<end, predictions, keepsJournal: keepsJournal)
    guard let hull = memory.refusedHull else { return keepsJournal ? stages : nil }
    fallback.note(hull, of: model.program.insertions.count)
    readAgain(wantedFrom: first, predictions)
    return nil
  }

  /// Reads all tokens again, with hulls in the place of indexes that could not go on.
  mutating func readAgain(wantedFrom first: Int, _ predictions: UnsafeMutablePointer<Int32>?) {
    let old = memory
    repeat {
      memory = RunMemory(model, needHull: fallback.needHull)
      memory.reserve(position, holding: 0)
      memory.state.pointee.tokens.update(from: old.state.pointee.tokens, count: position)
      memory.run(0..<first, nil)
      if memory.refusedHull == nil { memory.run(first..<position, predictions) }
      if let hull = memory.refusedHull { fallback.note(hull, of: model.program.insertions.count) }
    } while memory.refusedHull != nil
  }
}

extension RunMemory {
  /// Computes positions whose tokens are there, as far as no index refuses.
  ///
  /// - Parameter predictions: Room for the token after each of them; nil when nobody asks.
  @discardableResult
  fileprivate func run(
    _ positions: Range<Int>, _ predictions: UnsafeMutablePointer<Int32>?, keepsJournal: Bool = false
  ) -> [BlockStage] {
    withBlockMemory { memory in
      let pipeline = BlockPipeline(
        model.blocks, positions, memory, predictions, stageCount: Self.stageCount(for: positions.count),
        keepsJournal: keepsJournal)
      refusedHull = pipeline.run()
      return pipeline.stages
    }
  }

  /// How many threads a number of positions is worth.
  private static func stageCount(for positions: Int) -> Int {
    positions < 4096 ? 1 : min(ProcessInfo.processInfo.activeProcessorCount, 4)
  }
}
