import Dispatch
import Foundation
import Synchronization

/// Work on a thread of its own, which the caller leaves behind when it is late.
///
/// Solvers look at the clock now and then: presolving or one large linear program can take them minutes beyond their limit.
/// What is left behind goes on until it notices, and nobody hears of it.
final class SupervisedWork<Report: Sendable, Output: Sendable>: Sendable {
  private struct News {
    var reports: [Report] = []
    var output: Output?
  }

  private let news = Mutex(News())
  private let arrivals = DispatchSemaphore(value: 0)

  /// Starts the work, which may report how far it is.
  init(_ work: @escaping @Sendable (_ report: @escaping @Sendable (Report) -> Void) -> Output) {
    let thread = Thread { [self] in
      let output = work { [self] report in tell { $0.reports.append(report) } }
      tell { $0.output = output }
    }
    thread.stackSize = 64 << 20
    thread.start()
  }

  /// Waits for the output, handing on reports on the caller's thread; nil when there is none within so many seconds.
  func output(within seconds: Double, handle: (Report) -> Void) -> Output? {
    let deadline = DispatchTime.now() + max(0, seconds)
    while true {
      let isInTime = arrivals.wait(timeout: deadline) == .success
      let latest = news.withLock { news in
        defer { news.reports = [] }
        return news
      }
      for report in latest.reports { handle(report) }
      if latest.output != nil || !isInTime { return latest.output }
    }
  }

  private func tell(_ change: (inout News) -> Void) {
    news.withLock { change(&$0) }
    arrivals.signal()
  }
}
