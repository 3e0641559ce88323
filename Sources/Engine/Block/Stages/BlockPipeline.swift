import Foundation
import Synchronization

/// A range of positions, computed in batches of blocks by stages one behind the other, on several threads.
///
/// A stage computes the blocks in order and alone touches what its heads remember, so the result does not depend on the threads' pace.
///
/// It is unchecked for `Sendable` because of its pointers, through which threads reach different things.
final class BlockPipeline: @unchecked Sendable {
  let stages: [BlockStage]
  private let positions: Range<Int>
  private let width: Int
  private let tokens: UnsafeMutablePointer<Int32>  // [positions]
  private let goal: BlockGoal
  private let rowCount: Int
  private let rows: BlockRows  // [places, batch, rows]
  private let threadCount: Int
  /// The position up to which tokens are known to be what the model says.
  private let confirmedPosition: Atomic<Int>
  /// How far they are, where that was the goal and is decided.
  private(set) var confirmation: BlockConfirmation?

  /// The number of blocks in a batch: so many that handing it over costs little, and so few that they stay in the cache.
  private static let batchLength = 4
  /// How many batches are on their way at most.
  private static let placeCount = 8

  init(
    _ program: BlockProgram, _ positions: Range<Int>, _ memory: BlockMemory, _ goal: BlockGoal,
    code: CompiledCode.Block?, threadCount: Int, keepsJournal: Bool
  ) {
    let code = memory.hasIndexesOnly ? code : nil
    // Positions go singly where levels share what a head remembers: no level may run ahead of another.
    let threadCount = program.width > 1 ? threadCount : 1
    // More stages than threads, so that there is something to do for each of them.
    let stageCount = threadCount > 1 ? 2 * threadCount : 1
    stages = program.split(into: stageCount).map { segments in
      BlockStage(program, segments: segments, memory, code: code, keepsJournal: keepsJournal)
    }
    rowCount = program.blockRowCount
    rows = BlockRows(rowCount: Self.placeCount * Self.batchLength * rowCount)
    self.threadCount = min(threadCount, stages.count)
    self.positions = positions
    width = program.width
    tokens = memory.history.tokens
    self.goal = goal
    confirmedPosition = Atomic(positions.lowerBound)
  }

  /// Computes all positions, or as many as indexes allow or the goal takes; the hull of an index that could not go on.
  func run() -> Int? {
    let batch = Self.batchLength * width
    let schedule = BlockSchedule(
      stageCount: stages.count, batchCount: (positions.count + batch - 1) / batch, placeCount: Self.placeCount)
    let group = DispatchGroup()
    for _ in 1..<max(threadCount, 1) {
      group.enter()
      Thread.detachNewThread {
        schedule.work(self.run)
        group.leave()
      }
    }
    schedule.work(run)
    group.wait()
    return stages.lazy.compactMap(\.refusedHull).first
  }

  /// Computes a batch at a stage. False when nothing more is to be done.
  private func run(_ work: BlockSchedule.Work) -> Bool {
    let stage = stages[work.stage]
    stage.forget(before: confirmedPosition.load(ordering: .relaxed))
    let start = positions.lowerBound + work.batch * Self.batchLength * width
    let end = min(start + Self.batchLength * width, positions.upperBound)
    return withUnsafeTemporaryAllocation(of: Int32.self, capacity: width) { room in
      for (block, first) in stride(from: start, to: end, by: width).enumerated() {
        let span = BlockSpan(first: first, count: min(width, end - first))
        let place = rows.handle(
          part: work.batch % Self.placeCount * Self.batchLength + block, rowCount: rowCount)
        guard stage.run(span, place, stage.isLast ? predictions(first, room) : nil) else { return false }
        if stage.isLast, case .confirmation = goal, !confirm(span, room) { return false }
      }
      return true
    }
  }

  /// Where to put the tokens after a block's positions.
  private func predictions(_ first: Int, _ room: UnsafeMutableBufferPointer<Int32>) -> UnsafeMutablePointer<Int32>? {
    switch goal {
    case .reading: nil
    case .predictions(let place): place + (first - positions.lowerBound)
    case .confirmation: room.baseAddress
    }
  }

  /// Compares predictions with the tokens that follow. False when that decides how far these are right.
  private func confirm(_ span: BlockSpan, _ predictions: UnsafeMutableBufferPointer<Int32>) -> Bool {
    for lane in 0..<span.count {
      let next = span.first + lane + 1
      if next < positions.upperBound, predictions[lane] == tokens[next] { continue }
      confirmation = BlockConfirmation(acceptedCount: next - positions.lowerBound, next: predictions[lane])
      return false
    }
    confirmedPosition.store(span.first + span.count, ordering: .relaxed)
    return true
  }
}
