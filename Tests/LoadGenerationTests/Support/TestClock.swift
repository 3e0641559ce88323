import Dispatch
import Synchronization
import TestSupport

/// A clock that stands still but when a test moves it, and knows when it has been read.
final class TestClock: Sendable {
  /// The time, and what waits for somebody to read it.
  private let state = Mutex((time: Duration.zero, reading: DispatchSemaphore?.none))

  /// The time; whoever waits for somebody to read it goes on.
  func now() -> Duration {
    state.withLock { state in
      state.reading?.signal()
      state.reading = nil
      return state.time
    }
  }

  /// Moves the clock, does something, and waits until somebody has read the clock because of it.
  func move(by step: Duration, _ body: () -> Void) {
    let reading = DispatchSemaphore(value: 0)
    state.withLock { state in
      state.time += step
      state.reading = reading
    }
    body()
    _ = reading.wait(timeout: .now() + patience / .seconds(1))
  }
}
