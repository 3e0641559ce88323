import Dispatch

/// Runs generations on threads of their own: a token takes milliseconds, for which the threads that all tasks share must
/// not be held.
package final class GenerationExecutor: TaskExecutor {
  /// The one for everything.
  package static let shared = GenerationExecutor()

  private let queue = DispatchQueue(label: "generation", attributes: .concurrent)

  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
