extension PlannedRun {
  /// Reads a draft as far as it is what the model itself would have said.
  mutating func accept(_ draft: [Int32]) throws(EngineError) -> DraftOutcome {
    try check(Array(draft.prefix(1)))
    guard !draft.isEmpty else { throw EngineError(.emptyPrompt, position: position) }
    let tokens = Array(draft[..<readableCount(draft)])
    let first = position
    let fallback = fallback
    var predictions = [Int32](repeating: 0, count: tokens.count)
    let stages = predictions.withUnsafeMutableBufferPointer { predictions in
      compute(tokens, predictions.baseAddress, keepsJournal: memory.hasIndexesOnly)
    }
    let accepted = zip(predictions, tokens.dropFirst()).prefix { $0 == $1 }.count + 1
    var wasted = tokens.count - accepted
    if accepted < tokens.count {
      // An index may have had to go for the sake of tokens that are withdrawn.
      self.fallback = fallback
      wasted += withdraw(to: first + accepted, stages)
    }
    return DraftOutcome(acceptedCount: accepted, next: predictions[accepted - 1], wastedCount: wasted)
  }

  /// How many tokens of a draft there are before one that cannot be read.
  private func readableCount(_ draft: [Int32]) -> Int {
    let room = min(draft.count, SparseEngine.positionLimit - position)
    return draft[..<room].firstIndex { $0 < 0 || $0 >= model.vocabularySize } ?? room
  }

  /// Goes back to a position; how many positions had to be computed again.
  private mutating func withdraw(to target: Int, _ stages: [BlockStage]?) -> Int {
    guard let stages, let mark = stages.first?.journal?.lastMark(upTo: target) else {
      position = target
      readAgain(wantedFrom: target, nil)
      return target
    }
    memory.withBlockMemory { memory in
      for stage in stages { stage.journal?.withdraw(to: mark, memory) }
    }
    let tokens = (mark..<target).map { Int32(truncatingIfNeeded: memory.token(at: $0)) }
    position = mark
    compute(tokens, nil)
    return tokens.count
  }
}

extension RunMemory {
  /// Whether all keys are in indexes.
  fileprivate var hasIndexesOnly: Bool {
    indexes.allSatisfy { $0 != nil }
  }
}
