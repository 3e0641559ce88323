import Foundation

/// A draft's tokens, made ahead in a thread of its own. The thread ends when nobody holds the queue any more.
package final class DraftQueue: Sendable {
  private let channel = DraftChannel()

  package init(_ draft: some TokenDraft) {
    Thread.detachNewThread { [channel] in
      var draft = draft
      while let chunk = draft.nextChunk(DraftChannel.chunkLength), channel.put(chunk) {}
      channel.end()
    }
  }

  deinit {
    channel.stop()
  }

  /// The next tokens, as many as there are up to a number, though not before there are some; none when the draft has ended.
  package func take(upTo count: Int) -> [Int32] {
    channel.take(upTo: count)
  }

  /// How many tokens are in memory, taken ones that are not freed yet included.
  package var heldCount: Int { channel.heldCount }
}

extension TokenDraft {
  /// The next tokens; nil when there are none.
  fileprivate mutating func nextChunk(_ length: Int) -> [Int32]? {
    var chunk: [Int32] = []
    chunk.reserveCapacity(length)
    while chunk.count < length, let token = next() { chunk.append(token) }
    return chunk.isEmpty ? nil : chunk
  }
}

/// What the two threads share.
///
/// It is unchecked for `Sendable` because its condition guards everything.
private final class DraftChannel: @unchecked Sendable {
  static let chunkLength = 4096
  /// How many tokens are made ahead at most.
  private static let capacity = 1 << 18
  /// As many are waited for, since to compute few at a time costs more.
  private static let worthwhileCount = 1 << 15

  private let condition = NSCondition()
  private var tokens: [Int32] = []
  /// How many of the tokens have been taken.
  private var takenCount = 0
  private var hasEnded = false
  private var isStopped = false

  /// Adds tokens as soon as there is room; false when nobody wants them.
  func put(_ chunk: [Int32]) -> Bool {
    condition.withLock {
      while !isStopped, tokens.count - takenCount >= Self.capacity { condition.wait() }
      guard !isStopped else { return false }
      tokens += chunk
      condition.signal()
      return true
    }
  }

  func end() {
    condition.withLock {
      hasEnded = true
      condition.signal()
    }
  }

  func stop() {
    condition.withLock {
      isStopped = true
      condition.signal()
    }
  }

  var heldCount: Int { condition.withLock { tokens.count } }

  func take(upTo count: Int) -> [Int32] {
    condition.withLock {
      while !hasEnded, tokens.count - takenCount < min(count, Self.worthwhileCount) { condition.wait() }
      let end = min(takenCount + count, tokens.count)
      let taken = Array(tokens[takenCount..<end])
      takenCount = end
      // There may never be a moment when all are taken. What stays is moved only when it is less than what goes.
      if takenCount > tokens.count / 2 {
        tokens.removeFirst(takenCount)
        takenCount = 0
      }
      condition.signal()
      return taken
    }
  }
}
