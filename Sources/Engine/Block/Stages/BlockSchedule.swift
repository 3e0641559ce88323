import Foundation

/// Hands work out to threads: each stage takes the batches in order, one at a time, and behind the stage before it.
///
/// No thread belongs to a stage. Whoever is free takes what can be done, so that a thread whose core is slow or wanted by others holds
/// nobody up.
///
/// It is unchecked for `Sendable` because its lock guards what changes; the lock is one that the thread sanitizer knows.
package final class BlockSchedule: @unchecked Sendable {
  /// A batch at a stage.
  package struct Work {
    package let stage: Int
    package let batch: Int
  }

  private struct State {
    var doneCounts: [Int]  // [stages]
    var isTaken: [Bool]  // [stages]
    var isStopped = false
  }

  private let batchCount: Int
  /// How many batches may be on their way.
  private let placeCount: Int
  private let lock = NSLock()
  private var state: State
  private let changes = AwaitedCount()

  /// - Parameters:
  ///   - stageCount: at least 1.
  ///   - placeCount: how many batches may be on their way at most, at least 1.
  package init(stageCount: Int, batchCount: Int, placeCount: Int) {
    self.batchCount = batchCount
    self.placeCount = placeCount
    state = State(
      doneCounts: Array(repeating: 0, count: stageCount), isTaken: Array(repeating: false, count: stageCount))
  }

  /// Does all that there is to do, together with other threads.
  ///
  /// - Parameter perform: Does a batch's work at a stage; false when nothing more is to be done.
  package func work(_ perform: (Work) -> Bool) {
    while true {
      let changeCount = changes.value
      switch lock.withLock({ next() }) {
      case .work(let work): finish(work, goesOn: perform(work))
      case .wait: changes.wait(beyond: changeCount)
      case .end: return
      }
    }
  }

  private enum Next {
    case work(Work)
    case wait
    case end
  }

  /// What can be done now, the earliest stage first, so that later ones do not run dry.
  private func next() -> Next {
    let lastDone = state.doneCounts[state.doneCounts.count - 1]
    guard !state.isStopped, lastDone < batchCount else { return .end }
    for stage in state.doneCounts.indices where !state.isTaken[stage] {
      let batch = state.doneCounts[stage]
      let end = stage > 0 ? state.doneCounts[stage - 1] : min(batchCount, lastDone + placeCount)
      guard batch < end else { continue }
      state.isTaken[stage] = true
      return .work(Work(stage: stage, batch: batch))
    }
    return .wait
  }

  private func finish(_ work: Work, goesOn: Bool) {
    lock.withLock {
      state.isTaken[work.stage] = false
      state.doneCounts[work.stage] += 1
      if !goesOn { state.isStopped = true }
    }
    changes.raise()
  }
}
