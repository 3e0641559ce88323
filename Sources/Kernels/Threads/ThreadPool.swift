import Foundation
import Synchronization

/// Threads that share the pieces of one job after another.
///
/// A thread that has nothing to do looks for work for some tens of microseconds, giving its core to whoever else wants
/// it between the looks, and then sleeps. So a busy machine loses nothing to waiting threads, and between the
/// steps of one token nobody has to be woken. The caller takes pieces too, and never waits for a thread that has not begun one.
package final class ThreadPool: Sendable {
  /// The threads that work on a job, the caller's included.
  package let count: Int
  private let work = WorkQueue()
  /// Held while a job runs.
  private let caller = Mutex(())

  /// Makes a pool of at least one thread; by default as many as the machine has cores.
  package init(count: Int = ProcessInfo.processInfo.activeProcessorCount) {
    self.count = max(count, 1)
    for number in 1..<self.count {
      let thread = Thread { [work] in work.serve() }
      thread.name = "kernels-\(number)"
      thread.start()
    }
  }

  deinit {
    work.stop()
  }

  /// Calls the body once with every number below `pieces`, on all threads, and returns when the last call has.
  ///
  /// The body must not write what another piece reads or writes, and must not call this method. Callers on several threads
  /// take turns.
  package func forEach(_ pieces: Int, _ body: (_ piece: Int) -> Void) {
    guard count > 1, pieces > 1 else {
      for piece in 0..<max(pieces, 0) { body(piece) }
      return
    }
    withoutActuallyEscaping(body) { body in
      for first in stride(from: 0, to: pieces, by: WorkQueue.largestJob) {
        caller.withLock { _ in
          work.run(min(pieces - first, WorkQueue.largestJob)) { body(first + $0) }
        }
      }
    }
  }
}
