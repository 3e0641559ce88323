import Foundation
import Synchronization

/// A range of positions, computed by stages one behind the other, each in a thread of its own.
///
/// A stage computes the blocks in order and alone touches what its heads remember, so the result does not depend on the threads' pace.
///
/// It is unchecked for `Sendable` because of its pointers, through which threads reach different things.
final class BlockPipeline: @unchecked Sendable {
  let stages: [BlockStage]
  private let channels: [BlockChannel]  // [stages − 1]
  private let positions: Range<Int>
  private let width: Int
  private let tokens: UnsafeMutablePointer<Int32>  // [positions]
  private let goal: BlockGoal
  /// The position up to which tokens are known to be what the model says.
  private let confirmedPosition: Atomic<Int>
  /// How far they are, where that was the goal and is decided.
  private(set) var confirmation: BlockConfirmation?

  init(
    _ program: BlockProgram, _ positions: Range<Int>, _ memory: BlockMemory, _ goal: BlockGoal,
    code: CompiledCode.Block?, stageCount: Int, keepsJournal: Bool
  ) {
    let code = memory.hasIndexesOnly ? code : nil
    stages = program.split(into: stageCount).map { segments in
      BlockStage(program, segments: segments, memory, code: code, keepsJournal: keepsJournal)
    }
    channels = stages.dropFirst().map { BlockChannel(rowCount: $0.receivedRowCount) }
    self.positions = positions
    width = program.width
    tokens = memory.history.tokens
    self.goal = goal
    confirmedPosition = Atomic(positions.lowerBound)
  }

  /// Computes all positions, or as many as indexes allow or the goal takes; the hull of an index that could not go on.
  func run() -> Int? {
    let group = DispatchGroup()
    for stage in stages.indices.dropFirst() {
      group.enter()
      Thread.detachNewThread {
        self.run(stage)
        group.leave()
      }
    }
    run(0)
    group.wait()
    return stages.lazy.compactMap(\.refusedHull).first
  }

  private func run(_ number: Int) {
    let stage = stages[number]
    let input = number > 0 ? channels[number - 1] : nil
    let output = number < channels.count ? channels[number] : nil
    let batch = BlockChannel.batchLength * width
    for (index, first) in stride(from: positions.lowerBound, to: positions.upperBound, by: batch).enumerated() {
      if let input, !input.waitUntilFilled(index) { return }
      if let output, !output.waitUntilEmpty(index) { return }
      stage.forget(before: confirmedPosition.load(ordering: .relaxed))
      guard run(stage, batch: index, first..<min(first + batch, positions.upperBound), input, output) else {
        return channels.forEach { $0.stop() }
      }
      input?.empty()
      output?.fill()
    }
  }

  /// Computes a batch. False when nothing more is to be done.
  private func run(
    _ stage: BlockStage, batch: Int, _ positions: Range<Int>, _ input: BlockChannel?, _ output: BlockChannel?
  ) -> Bool {
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: width) { room in
      for (block, first) in stride(from: positions.lowerBound, to: positions.upperBound, by: width).enumerated() {
        let span = BlockSpan(first: first, count: min(width, positions.upperBound - first))
        let isDone = stage.run(
          span, from: input?.transfer(batch: batch, block: block), to: output?.transfer(batch: batch, block: block),
          stage.isLast ? predictions(first, room) : nil)
        guard isDone else { return false }
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
