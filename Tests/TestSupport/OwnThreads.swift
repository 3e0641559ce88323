import Dispatch
import Synchronization

/// Runs an asynchronous body on threads of its own, and waits for it.
///
/// A test that awaits on the threads that all tests share goes to the end of the line at each step, behind every other test of
/// the run.
package func onOwnThreads<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) throws -> Value {
  let result = Mutex<Result<Value, any Error>?>(nil)
  let isDone = DispatchSemaphore(value: 0)
  Task.detached(executorPreference: OwnThreads()) {
    let found: Result<Value, any Error>
    do { found = .success(try await body()) } catch { found = .failure(error) }
    result.withLock { $0 = found }
    isDone.signal()
  }
  isDone.wait()
  guard let value = try result.withLock({ try $0?.get() }) else { throw CancellationError() }
  return value
}

/// Threads that wait for no other test.
private final class OwnThreads: TaskExecutor {
  private let queue = DispatchQueue(label: "test", attributes: .concurrent)

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
