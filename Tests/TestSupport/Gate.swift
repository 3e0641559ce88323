import Dispatch
import Synchronization

/// Where threads wait until a test lets them pass: the order of what happens is the test's, whatever the machine does beside.
package final class Gate: Sendable {
  private struct State {
    /// How many may still pass.
    var passes: Int
    var isOpen = false
    var arrivals = 0
    var waiting: [DispatchSemaphore] = []
  }

  private let state: Mutex<State>
  private let crowd: Int?

  /// - Parameters:
  ///   - passes: how many threads pass before the others wait.
  ///   - crowd: how many have to come for the gate to open by itself; nil when it does not.
  package init(passes: Int = 0, opensFor crowd: Int? = nil) {
    state = Mutex(State(passes: passes))
    self.crowd = crowd
  }

  /// How many threads wait.
  package var waitingCount: Int { state.withLock { $0.waiting.count } }

  /// Waits for a pass, as long as ``patience`` allows.
  package func pass() {
    let (signal, isLast) = state.withLock { state -> (DispatchSemaphore?, Bool) in
      state.arrivals += 1
      if state.isOpen { return (nil, false) }
      if state.arrivals == crowd { return (nil, true) }
      guard state.passes == 0 else {
        state.passes -= 1
        return (nil, false)
      }
      let signal = DispatchSemaphore(value: 0)
      state.waiting.append(signal)
      return (signal, false)
    }
    if isLast { open() }
    _ = signal?.wait(timeout: .now() + patience / .seconds(1))
  }

  /// Lets so many more threads pass, those that wait first.
  package func admit(_ count: Int) {
    let signals = state.withLock { state in
      let signals = Array(state.waiting.prefix(count))
      state.waiting.removeFirst(signals.count)
      state.passes += count - signals.count
      return signals
    }
    for signal in signals { signal.signal() }
  }

  /// Lets all pass from now on.
  package func open() {
    let signals = state.withLock { state in
      defer { state.waiting = [] }
      state.isOpen = true
      return state.waiting
    }
    for signal in signals { signal.signal() }
  }
}
