import Foundation

extension PlannedRun {
  /// Reads tokens, many positions at once.
  mutating func read(_ tokens: [Int32]) throws(EngineError) {
    try check(tokens)
    compute(tokens[...], .reading)
  }

  /// Reads tokens, many positions at once, and predicts the one after each.
  mutating func predictions(after tokens: [Int32]) throws(EngineError) -> [Int32] {
    try check(tokens)
    return Array(unsafeUninitializedCapacity: tokens.count) { buffer, count in
      buffer.initialize(repeating: 0)
      compute(tokens[...], buffer.baseAddress.map(BlockGoal.predictions) ?? .reading)
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
  /// - Returns: What was computed last, and whether that was all, no token having been read again.
  @discardableResult
  mutating func compute(
    _ tokens: ArraySlice<Int32>, _ goal: BlockGoal, keepsJournal: Bool = false
  ) -> (pipeline: BlockPipeline, isWhole: Bool) {
    let first = position
    let end = first + tokens.count
    makeUnique()
    memory.reserve(end, holding: first)
    tokens.withUnsafeBufferPointer { tokens in
      guard let tokens = tokens.baseAddress else { return }
      memory.state.pointee.tokens.advanced(by: first).update(from: tokens, count: end - first)
    }
    position = end
    let pipeline = memory.run(first..<end, goal, code: code, keepsJournal: keepsJournal)
    guard let hull = memory.refusedHull else { return (pipeline, true) }
    fallback.note(hull, of: model.program.insertions.count)
    return (readAgain(wantedFrom: first, goal), false)
  }

  /// Reads all tokens again, with hulls in the place of indexes that could not go on.
  @discardableResult
  mutating func readAgain(wantedFrom first: Int, _ goal: BlockGoal) -> BlockPipeline {
    let old = memory
    // Its tokens are read by address, of which the compiler does not know that they end with it.
    defer { withExtendedLifetime(old) {} }
    while true {
      memory = RunMemory(model, needHull: fallback.needHull)
      memory.reserve(position, holding: 0)
      memory.state.pointee.tokens.update(from: old.state.pointee.tokens, count: position)
      memory.run(0..<first, .reading, code: code)
      if memory.refusedHull == nil {
        let pipeline = memory.run(first..<position, goal, code: code)
        if memory.refusedHull == nil { return pipeline }
      }
      if let hull = memory.refusedHull { fallback.note(hull, of: model.program.insertions.count) }
    }
  }
}

extension RunMemory {
  /// Computes positions whose tokens are there, as far as no index refuses and the goal takes.
  @discardableResult
  fileprivate func run(
    _ positions: Range<Int>, _ goal: BlockGoal, code: CompiledCode?, keepsJournal: Bool = false
  ) -> BlockPipeline {
    withBlockMemory { memory in
      let pipeline = BlockPipeline(
        model.blocks, positions, memory, goal, code: code?.block, threadCount: Self.threadCount(for: positions.count),
        keepsJournal: keepsJournal)
      refusedHull = pipeline.run()
      return pipeline
    }
  }

  /// How many threads a number of positions is worth.
  private static func threadCount(for positions: Int) -> Int {
    positions < 4096 ? 1 : min(ProcessInfo.processInfo.activeProcessorCount, 4)
  }
}
