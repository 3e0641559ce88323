/// Some of a program's levels, computed by one thread.
///
/// It is unchecked for `Sendable` because only that thread uses it until it is done.
final class BlockStage: @unchecked Sendable {
  private let program: BlockProgram
  private let levels: Range<Int>
  private let rows: BlockRows
  /// What it takes to withdraw positions; nil when nobody will.
  private(set) var journal: BlockJournal?
  /// The hull whose index could not go on; what comes after it cannot be relied on.
  private(set) var refusedHull: Int?

  init(_ program: BlockProgram, levels: Range<Int>, keepsJournal: Bool) {
    self.program = program
    self.levels = levels
    rows = BlockRows(rowCount: program.rowCount)
    journal = keepsJournal ? BlockJournal(program, levels: levels) : nil
  }

  var isFirst: Bool { levels.lowerBound == 0 }
  var isLast: Bool { levels.upperBound == program.levels.count }

  /// The rows that the stage before hands over.
  var receivedRows: [Int] { isFirst ? [] : program.rowsLive(at: levels.lowerBound) }

  /// Computes a block. False when an index could not go on.
  ///
  /// - Parameters:
  ///   - received: The rows that the stage before hands over.
  ///   - handedOver: Room for those that the next stage needs.
  ///   - predictions: Room for the token after each position, where this is the last stage and somebody asks.
  func run(
    _ span: BlockSpan, _ memory: BlockMemory, from received: RowTransfer?, to handedOver: RowTransfer?,
    _ predictions: UnsafeMutablePointer<Int32>?
  ) -> Bool {
    journal?.mark(span.first, memory)
    let handle = rows.handle
    if let received { received.put(into: handle, span) } else { program.embed(span, handle, memory.history) }
    refusedHull = program.run(levels, span, handle, memory, &journal)
    guard refusedHull == nil else { return false }
    handedOver?.take(from: handle, span)
    if let predictions { program.predict(span, handle, into: predictions) }
    return true
  }
}

/// Rows on their way from one stage to the next.
struct RowTransfer {
  let rows: [Int]
  /// Room for one block.
  let place: UnsafeMutablePointer<Double>  // [rows, width]

  func take(from handle: BlockRows.Handle, _ span: BlockSpan) {
    for (index, row) in rows.enumerated() {
      (place + index * BlockRows.width).update(from: handle[row], count: span.count)
    }
  }

  func put(into handle: BlockRows.Handle, _ span: BlockSpan) {
    for (index, row) in rows.enumerated() {
      handle[row].update(from: place + index * BlockRows.width, count: span.count)
    }
  }
}
