import Foundation
import Synchronization

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A count that some threads raise and others wait for.
///
/// Whoever waits stays awake for some tens of microseconds, offering its core to others, and sleeps only then: a wake-up costs as much.
final class AwaitedCount: Sendable {
  private static let patience = 64

  private let count = Atomic<Int>(0)
  private let sleeperCount = Atomic<Int>(0)
  private let condition = NSCondition()

  var value: Int { count.load(ordering: .sequentiallyConsistent) }

  /// Adds one.
  func raise() {
    count.add(1, ordering: .sequentiallyConsistent)
    guard sleeperCount.load(ordering: .sequentiallyConsistent) > 0 else { return }
    condition.withLock { condition.broadcast() }
  }

  /// Waits until the count exceeds a number.
  func wait(beyond number: Int) {
    for _ in 0..<Self.patience where value <= number { sched_yield() }
    guard value <= number else { return }
    condition.withLock {
      // Whoever raises the count looks for sleepers afterwards, so that one of the two sees the other.
      sleeperCount.add(1, ordering: .sequentiallyConsistent)
      while value <= number { condition.wait() }
      sleeperCount.subtract(1, ordering: .sequentiallyConsistent)
    }
  }
}
