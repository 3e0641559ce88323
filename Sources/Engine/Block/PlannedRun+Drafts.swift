extension PlannedRun {
  /// Reads a draft as far as it is what the model itself would have said.
  mutating func accept(_ draft: [Int32]) throws(EngineError) -> DraftOutcome {
    try check(Array(draft.prefix(1)))
    guard !draft.isEmpty else { throw EngineError(.emptyPrompt, position: position) }
    let tokens = draft[..<readableCount(draft)]
    let first = position
    let fallback = fallback
    let (pipeline, isWhole) = compute(tokens, .confirmation, keepsJournal: memory.hasIndexesOnly)
    // There is a token, so that something has been decided.
    let confirmation = pipeline.confirmation ?? BlockConfirmation(acceptedCount: 1, next: 0)
    let accepted = confirmation.acceptedCount
    var wasted = tokens.count - accepted
    if accepted < tokens.count {
      // An index may have had to go for the sake of tokens that are withdrawn.
      self.fallback = fallback
      wasted += withdraw(to: first + accepted, isWhole ? pipeline.stages : [])
    }
    return DraftOutcome(acceptedCount: accepted, next: confirmation.next, wastedCount: wasted)
  }

  /// How many tokens of a draft there are before one that cannot be read.
  private func readableCount(_ draft: [Int32]) -> Int {
    let room = min(draft.count, SparseEngine.positionLimit - position)
    return draft[..<room].firstIndex { $0 < 0 || $0 >= model.vocabularySize } ?? room
  }

  /// Goes back to a position; how many positions had to be computed again.
  ///
  /// - Parameter stages: Those that computed what comes after it; none where they cannot withdraw it.
  private mutating func withdraw(to target: Int, _ stages: [BlockStage]) -> Int {
    guard let mark = stages.first?.journal?.lastMark(upTo: target) else {
      position = target
      readAgain(wantedFrom: target, .reading)
      return target
    }
    memory.withBlockMemory { memory in
      for stage in stages { stage.journal?.withdraw(to: mark, memory) }
    }
    let tokens = (mark..<target).map { Int32(truncatingIfNeeded: memory.token(at: $0)) }
    position = mark
    compute(tokens[...], .reading)
    return tokens.count
  }
}
