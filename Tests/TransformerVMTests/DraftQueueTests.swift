import Testing
import TransformerVM

/// What a draft makes ahead of the engine.
struct DraftQueueTests {
  private struct Counter: TokenDraft {
    let count: Int32
    var token: Int32 = 0

    mutating func next() -> Int32? {
      guard token < count else { return nil }
      defer { token += 1 }
      return token
    }
  }

  /// Tokens that were taken go, though there is never a moment when all have been: so many are never a whole number of chunks.
  @Test func takenTokensAreFreed() {
    let count: Int32 = 2_000_000
    let queue = DraftQueue(Counter(count: count))
    var next: Int32 = 0
    while true {
      let tokens = queue.take(upTo: 1001)
      if tokens.isEmpty { break }
      guard tokens.elementsEqual(next..<next + Int32(tokens.count)) else {
        Issue.record("expected tokens from \(next) on, found \(tokens.prefix(3))")
        return
      }
      next += Int32(tokens.count)
      // Twice what may be made ahead.
      guard queue.heldCount <= 600_000 else {
        Issue.record("\(queue.heldCount) tokens are kept behind \(next) taken ones")
        return
      }
    }
    #expect(next == count)
    #expect(queue.heldCount == 0)
  }
}
