import Dispatch
import Foundation

/// Runs programs on threads of their own: a slice takes milliseconds, for which the threads that all tasks share must not be
/// held.
final class ProgramExecutor: TaskExecutor {
  static let shared = ProgramExecutor()

  /// How many slices the machine computes at a moment.
  static var processorCount: Int { ProcessInfo.processInfo.activeProcessorCount }

  private let queue = DispatchQueue(label: "programs", attributes: .concurrent)

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
