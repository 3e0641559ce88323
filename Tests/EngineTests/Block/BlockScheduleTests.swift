import Engine
import Foundation
import Testing

/// Work is done once, in order, by one thread at a time, whoever comes.
@Suite struct BlockScheduleTests {
  /// What was done, and what was being done meanwhile.
  private struct Record {
    var done: [[Int]]  // [stages, batches]
    var isBusy: [Bool]  // [stages]
    var mistakes: [String] = []

    init(stageCount: Int) {
      done = Array(repeating: [], count: stageCount)
      isBusy = Array(repeating: false, count: stageCount)
    }

    mutating func begin(_ work: BlockSchedule.Work, placeCount: Int) {
      if isBusy[work.stage] { mistakes.append("two threads at stage \(work.stage)") }
      if work.stage > 0, !done[work.stage - 1].contains(work.batch) { mistakes.append("\(work) too early") }
      if work.stage == 0, work.batch >= (done.last ?? []).count + placeCount { mistakes.append("\(work) has no place") }
      isBusy[work.stage] = true
    }

    mutating func end(_ work: BlockSchedule.Work) {
      isBusy[work.stage] = false
      done[work.stage].append(work.batch)
    }
  }

  @Test(arguments: [(1, 1, 1), (4, 2, 3), (5, 4, 8), (3, 5, 1)])
  func eachBatchPassesAllStagesInOrder(stageCount: Int, threadCount: Int, placeCount: Int) {
    let batchCount = 500
    let schedule = BlockSchedule(stageCount: stageCount, batchCount: batchCount, placeCount: placeCount)
    let record = Locked(Record(stageCount: stageCount))
    onThreads(threadCount) {
      schedule.work { work in
        record.withLock { $0.begin(work, placeCount: placeCount) }
        record.withLock { $0.end(work) }
        return true
      }
    }
    let (done, mistakes) = record.withLock { ($0.done, $0.mistakes) }
    #expect(done == Array(repeating: Array(0..<batchCount), count: stageCount))
    #expect(mistakes == [])
  }

  @Test func oneThreadIsEnoughWhateverTheOthersDo() {
    let schedule = BlockSchedule(stageCount: 3, batchCount: 10, placeCount: 2)
    var done: [Int] = []
    schedule.work { work in
      if work.stage == 2 { done.append(work.batch) }
      return true
    }
    #expect(done == Array(0..<10))
  }

  @Test func nothingIsBegunOnceSomebodyHasStopped() {
    let schedule = BlockSchedule(stageCount: 2, batchCount: 1_000_000, placeCount: 4)
    let after = Locked((isStopped: false, begun: 0))
    let threadCount = 3
    onThreads(threadCount) {
      schedule.work { work in
        after.withLock { if $0.isStopped { $0.begun += 1 } }
        guard work.stage == 1, work.batch == 7 else { return true }
        after.withLock { $0.isStopped = true }
        return false
      }
    }
    // Others may have taken their next work before they could know; stage 0 is all that there is beside the one that stopped.
    #expect(after.withLock { $0.begun } <= 4)
  }

  @Test func withoutBatchesThereIsNothingToDo() {
    let schedule = BlockSchedule(stageCount: 2, batchCount: 0, placeCount: 4)
    schedule.work { _ in
      Issue.record("there is no batch")
      return false
    }
  }

  /// Runs a body on so many threads at once, and waits for all.
  private func onThreads(_ count: Int, _ body: @escaping @Sendable () -> Void) {
    let group = DispatchGroup()
    for _ in 0..<count {
      group.enter()
      Thread.detachNewThread {
        body()
        group.leave()
      }
    }
    group.wait()
  }
}

/// A value behind a lock that the thread sanitizer knows.
private final class Locked<Value>: @unchecked Sendable {
  private let lock = NSLock()
  private var value: Value

  init(_ value: Value) {
    self.value = value
  }

  func withLock<Result>(_ body: (inout Value) -> Result) -> Result {
    lock.withLock { body(&value) }
  }
}
