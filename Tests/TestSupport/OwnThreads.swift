import Dispatch
import Foundation
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

/// Threads that wait for no other test: not Dispatch's, of which no more compute at a time than there are processors. Two texts
/// without an end on two processors would leave none for those who are to stop them.
private final class OwnThreads: TaskExecutor {
  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    Thread.detachNewThread { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
