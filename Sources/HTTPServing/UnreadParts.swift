import ChatTemplate
package import OpenAIProtocol
import Synchronization

/// How much of an answer its client has not read, so that nobody fills the memory by not reading.
///
/// Answers do not wait for their readers; whoever stops reading one that goes on loses it, and whoever reads too slowly.
package final class UnreadParts: Sendable {
  private struct State {
    var bytes = 0
    /// When the client last made room.
    var lastTake: ContinuousClock.Instant
  }

  /// The most bytes that wait for a client that reads, and for one that has stopped.
  package static let (most, mostOfIdle) = (256 << 20, 16 << 20)
  /// After how long without making room a client counts as one that has stopped.
  package static let idleTime = Duration.seconds(5)

  private let state: Mutex<State>
  private let now: @Sendable () -> ContinuousClock.Instant

  package init(now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }) {
    self.now = now
    state = Mutex(State(lastTake: now()))
  }

  /// Takes note of a part that waits for the client.
  ///
  /// - Returns: whether the answer may go on.
  package func add(_ part: AnswerPart) -> Bool {
    let time = now()
    return state.withLock { state in
      state.bytes += part.byteCount
      let isIdle = time - state.lastTake > Self.idleTime
      return state.bytes <= (isIdle ? Self.mostOfIdle : Self.most)
    }
  }

  /// Takes note that the client has room for a part.
  package func take(_ part: AnswerPart) {
    let time = now()
    state.withLock { state in
      state.bytes -= part.byteCount
      state.lastTake = time
    }
  }
}

extension AnswerPart {
  /// About how many bytes of memory the part takes.
  fileprivate var byteCount: Int {
    guard case .delta(let delta) = self else { return 0 }
    let further = delta.further.values.reduce(0) { $0 + ($1.stringValue?.utf8.count ?? 64) }
    let calls = delta.toolCalls.reduce(0) { $0 + 128 + $1.arguments.utf8.count }
    // Each token's bytes are an array of their own.
    let candidates = delta.logProbabilities.reduce(0) { $0 + 1 + $1.best.count }
    return 128 + delta.content.utf8.count + delta.reasoning.utf8.count + further + calls + 64 * candidates
  }
}
