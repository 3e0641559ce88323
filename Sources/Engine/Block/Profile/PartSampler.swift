import Foundation
import Synchronization

/// Watches, from a thread of its own, which part of the work another thread is at.
final class PartSampler: Sendable {
  /// The number of the part that is being computed; −1 while there is nothing to watch.
  private let current = Atomic(-1)
  private let isStopped = Atomic(false)
  private let counts: Mutex<[Int]>
  private let end = DispatchSemaphore(value: 0)

  /// The time between two looks.
  private static let interval = 0.00002

  init(partCount: Int) {
    counts = Mutex(Array(repeating: 0, count: partCount))
  }

  /// Says which part comes next.
  @inline(__always)
  func enter(_ part: Int) {
    current.store(part, ordering: .relaxed)
  }

  /// How often each part was seen while the work was done.
  func samples(during work: () -> Void) -> [Int] {
    let thread = Thread { [self] in
      while !isStopped.load(ordering: .relaxed) {
        let part = current.load(ordering: .relaxed)
        counts.withLock { if $0.indices.contains(part) { $0[part] += 1 } }
        Thread.sleep(forTimeInterval: Self.interval)
      }
      end.signal()
    }
    thread.start()
    work()
    isStopped.store(true, ordering: .relaxed)
    end.wait()
    return counts.withLock { $0 }
  }
}
