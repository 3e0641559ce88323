import Foundation

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
  private let memory: BlockMemory
  private let predictions: UnsafeMutablePointer<Int32>?

  /// - Parameter predictions: Room for the token after each position; nil when nobody asks.
  init(
    _ program: BlockProgram, _ positions: Range<Int>, _ memory: BlockMemory,
    _ predictions: UnsafeMutablePointer<Int32>?,
    stageCount: Int, keepsJournal: Bool
  ) {
    stages = program.split(into: stageCount).map { levels in
      BlockStage(program, levels: levels, keepsJournal: keepsJournal)
    }
    channels = stages.dropFirst().map { BlockChannel(rows: $0.receivedRows) }
    self.positions = positions
    width = program.width
    self.memory = memory
    self.predictions = predictions
  }

  /// Computes all positions, or as many as indexes allow; the hull of one that could not go on.
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
    let input = number > 0 ? channels[number - 1] : nil
    let output = number < channels.count ? channels[number] : nil
    let batch = BlockChannel.batchLength * width
    for (index, first) in stride(from: positions.lowerBound, to: positions.upperBound, by: batch).enumerated() {
      if let input, !input.waitUntilFilled(index) { return }
      if let output, !output.waitUntilEmpty(index) { return }
      guard run(stages[number], batch: index, first..<min(first + batch, positions.upperBound), input, output) else {
        return channels.forEach { $0.stop() }
      }
      input?.empty()
      output?.fill()
    }
  }

  /// Computes a batch. False when an index could not go on.
  private func run(
    _ stage: BlockStage, batch: Int, _ positions: Range<Int>, _ input: BlockChannel?, _ output: BlockChannel?
  ) -> Bool {
    for (block, first) in stride(from: positions.lowerBound, to: positions.upperBound, by: width).enumerated() {
      let span = BlockSpan(first: first, count: min(width, positions.upperBound - first))
      let wanted = stage.isLast ? predictions.map { $0 + (first - self.positions.lowerBound) } : nil
      let isDone = stage.run(
        span, memory, from: input?.transfer(batch: batch, block: block),
        to: output?.transfer(batch: batch, block: block), wanted)
      guard isDone else { return false }
    }
    return true
  }
}
