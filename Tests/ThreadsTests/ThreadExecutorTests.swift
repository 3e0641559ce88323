import Foundation
import Synchronization
import TestSupport
import Testing
import Threads

#if canImport(Glibc)
  import Glibc
#endif

@Suite struct ThreadExecutorTests {
  /// What the jobs of a test share.
  private final class Shared<Value: Sendable>: Sendable {
    private let value: Mutex<Value>

    init(_ value: Value) {
      self.value = Mutex(value)
    }

    var current: Value { value.withLock { $0 } }

    func change(_ body: @Sendable (inout Value) -> Void) {
      value.withLock { body(&$0) }
    }
  }

  /// More computations without an end than there are processors leave the threads of other executors alone.
  @Test func endlessComputationsKeepNobodyWaiting() throws {
    let count = ProcessInfo.processInfo.activeProcessorCount + 2
    let (stop, begun) = (Shared(false), Shared(0))
    try onOwnThreads {
      defer { stop.change { $0 = true } }
      for _ in 0..<count {
        Task(executorPreference: ThreadExecutor("endless")) {
          begun.change { $0 += 1 }
          while !stop.current {}
        }
      }
      try await eventually("all compute") { begun.current == count }
      #expect(await Task(executorPreference: ThreadExecutor("other")) { 7 }.value == 7)
    }
  }

  /// As many jobs at once as there are threads, and no more.
  @Test func jobsShareTheThreads() throws {
    let executor = ThreadExecutor("three", threads: 3)
    let gate = Gate()
    let (now, most) = (Shared(0), Shared(0))
    try onOwnThreads {
      let tasks = (0..<12).map { _ in
        Task(executorPreference: executor) {
          now.change { $0 += 1 }
          let count = now.current
          most.change { $0 = max($0, count) }
          gate.pass()
          now.change { $0 -= 1 }
        }
      }
      try await eventually("three jobs wait") { gate.waitingCount == 3 }
      gate.open()
      for task in tasks { await task.value }
    }
    #expect(most.current == 3)
  }

  @Test func oneThreadTakesJobsInTheirOrder() throws {
    let executor = ThreadExecutor("one")
    let numbers = Shared<[Int]>([])
    let gate = Gate()
    try onOwnThreads {
      let first = Task(executorPreference: executor) { gate.pass() }
      try await eventually("the thread is taken") { gate.waitingCount == 1 }
      // Tasks are enqueued as they are made.
      let tasks = (0..<50).map { number in
        Task(executorPreference: executor) { numbers.change { $0.append(number) } }
      }
      gate.open()
      await first.value
      for task in tasks { await task.value }
    }
    #expect(numbers.current == Array(0..<50))
  }

  /// Tasks keep their executor, and nobody else does.
  @Test func executorsEndWithTheirLastTask() throws {
    let gate = Gate()
    let (task, reference) = make(gate)
    try onOwnThreads {
      try await eventually("the task runs") { gate.waitingCount == 1 }
      #expect(reference.isAlive)
      gate.open()
      await task.value
    }
    _ = consume task
    try onOwnThreads { try await eventually("the executor ends") { !reference.isAlive } }
  }

  private func make(_ gate: Gate) -> (Task<Void, Never>, Reference) {
    let executor = ThreadExecutor("short")
    let task = Task(executorPreference: executor) {
      gate.pass()
      await Task.yield()
    }
    return (task, Reference(executor))
  }

  /// Says whether an executor is there without keeping it.
  private final class Reference: Sendable {
    private weak let executor: ThreadExecutor?

    init(_ executor: ThreadExecutor) {
      self.executor = executor
    }

    var isAlive: Bool { executor != nil }
  }

  #if canImport(Glibc)
    @Test func threadsGiveWayWhereTheyAreToldTo() async {
      for givesWay in [false, true] {
        let priority = await Task(executorPreference: ThreadExecutor("polite", givesWay: givesWay)) {
          getpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0)
        }.value
        let own = getpriority(__priority_which_t(PRIO_PROCESS.rawValue), id_t(getpid()))
        #expect(priority == (givesWay ? ThreadExecutor.niceness : own))
      }
    }
  #endif
}
