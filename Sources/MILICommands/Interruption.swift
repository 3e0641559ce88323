import Dispatch
import Synchronization

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Makes Ctrl-C stop what is going on, and the program only when nothing is.
///
/// It is there for as long as the program runs: put in place for each answer anew, it would miss what is pressed meanwhile.
final class Interruption {
  private final class Running: Sendable {
    let cancel = Mutex<(@Sendable () -> Void)?>(nil)
  }

  private let running = Running()
  private let source: (any DispatchSourceSignal)?

  /// Takes over Ctrl-C, if that is wanted; it has when this returns.
  init(takesOver: Bool) {
    guard takesOver else {
      source = nil
      return
    }
    signal(SIGINT, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
    self.source = source
    let isInPlace = DispatchSemaphore(value: 0)
    source.setRegistrationHandler { isInPlace.signal() }
    source.setEventHandler { [running] in
      guard let cancel = running.cancel.withLock({ $0 }) else { exit(130) }
      cancel()
    }
    source.resume()
    isInPlace.wait()
  }

  deinit {
    guard let source else { return }
    source.cancel()
    signal(SIGINT, SIG_DFL)
  }

  /// The value of a task that Ctrl-C cancels.
  func cancelling<Value: Sendable>(
    _ operation: @escaping @Sendable () async throws -> Value
  ) async -> (result: Result<Value, any Error>, wasStopped: Bool) {
    // Whoever sees what the task shows, and presses Ctrl-C, finds it in place.
    let task = running.cancel.withLock { cancel in
      let task = Task(operation: operation)
      cancel = { task.cancel() }
      return task
    }
    let result = await task.result
    running.cancel.withLock { $0 = nil }
    return (result, task.isCancelled)
  }
}
