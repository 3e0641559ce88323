import Synchronization

/// Counts tokens by the second, to tell how many come in one.
package final class TokenRate: Sendable {
  /// Seconds that are looked back.
  package static let window = 5

  private struct Counts {
    /// Tokens of each second; the one of the number n is at n modulo the size.
    var seconds = [Int](repeating: 0, count: TokenRate.window + 1)
    var latest = 0

    /// Forgets what is older than the window.
    mutating func advance(to second: Int) {
      guard second > latest else { return }
      for old in max(latest + 1, second - TokenRate.window)...second { seconds[old % seconds.count] = 0 }
      latest = second
    }
  }

  private let counts = Mutex(Counts())
  private let now: @Sendable () -> Duration

  /// - Parameter now: the time since this was made.
  package init(now: @escaping @Sendable () -> Duration) {
    self.now = now
  }

  package convenience init() {
    let start = ContinuousClock.now
    self.init { ContinuousClock.now - start }
  }

  /// Takes note of some tokens.
  package func count(_ tokens: Int = 1) {
    let second = second
    counts.withLock { counts in
      counts.advance(to: second)
      counts.seconds[counts.latest % counts.seconds.count] += tokens
    }
  }

  /// Tokens a second, over the last whole seconds.
  package var tokensPerSecond: Double {
    let second = second
    return counts.withLock { counts in
      counts.advance(to: second)
      let total = counts.seconds.reduce(0, +) - counts.seconds[counts.latest % counts.seconds.count]
      return Double(total) / Double(max(1, min(Self.window, counts.latest)))
    }
  }

  private var second: Int { Int(now().components.seconds) }
}
