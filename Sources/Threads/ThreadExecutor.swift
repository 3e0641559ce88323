import Dispatch
import Foundation
import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// Runs tasks on threads of its own, always the same number of them.
///
/// Dispatch and Swift's own executor let no more threads compute at a time than there are processors: two computations without
/// an end on two processors would leave none for anybody else. These threads wait for nobody but each other, and end when the
/// last task that prefers them has ended.
package final class ThreadExecutor: TaskExecutor {
  private let queue = JobQueue()
  private let threadCount: Int

  /// - Parameters:
  ///   - name: what the threads are called.
  ///   - count: how many there are, at least one; of more jobs the last wait.
  ///   - givesWay: whether other threads go first where there are not enough processors for all.
  package init(_ name: String, threads count: Int = 1, givesWay: Bool = false) {
    threadCount = max(1, count)
    for _ in 0..<threadCount {
      let queue = queue
      let thread = Thread {
        if givesWay { Self.lowerPriority() }
        while let job = queue.next() { job.run() }
      }
      if givesWay { thread.qualityOfService = .utility }
      thread.name = name
      thread.stackSize = Self.stackSize
      thread.start()
    }
  }

  deinit {
    queue.close(for: threadCount)
  }

  package func enqueue(_ job: consuming ExecutorJob) {
    queue.append(JobQueue.Job(UnownedJob(job), on: self))
  }

  /// Has the calling thread give way, to about a third of what it would get beside another.
  private static func lowerPriority() {
    #if canImport(Glibc)
      // Linux counts the calling thread as the process of the number 0.
      _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, niceness)
    #endif
  }

  /// What `nice` would be given for a thread that gives way.
  package static let niceness: Int32 = 5

  /// The stack of a main thread.
  private static let stackSize = 8 << 20
}

/// Jobs that wait for a thread, in the order in which they came.
private final class JobQueue: Sendable {
  /// A job and the executor that it is for, which lives as long as it has jobs.
  struct Job: Sendable {
    private let job: UnownedJob
    private let executor: ThreadExecutor

    init(_ job: UnownedJob, on executor: ThreadExecutor) {
      self.job = job
      self.executor = executor
    }

    func run() {
      job.runSynchronously(on: executor.asUnownedTaskExecutor())
    }
  }

  private let jobs = Mutex<[Job]>([])
  /// One signal for each job, and one for each thread that is to end.
  private let signals = DispatchSemaphore(value: 0)

  func append(_ job: Job) {
    jobs.withLock { $0.append(job) }
    signals.signal()
  }

  /// Waits for the next job; nil when there will be none.
  func next() -> Job? {
    signals.wait()
    return jobs.withLock { $0.isEmpty ? nil : $0.removeFirst() }
  }

  /// Ends the threads that wait, once no job is left.
  func close(for threads: Int) {
    for _ in 0..<threads { signals.signal() }
  }
}
