import Transformer

extension BlockProgram {
  /// Puts tokens and their positions into the rows.
  func embed(_ span: BlockSpan, _ rows: BlockRows.Handle, _ history: PositionHistory) {
    for lane in 0..<span.count {
      let encoding = PositionEncoding(span.first + lane)
      rows[positionRow][lane] = encoding.position
      if let inverseLogRow { rows[inverseLogRow][lane] = encoding.inverseLog }
      if let squareRow { rows[squareRow][lane] = encoding.square }
    }
    for (column, row) in embeddingRows {
      for lane in 0..<span.count { rows[row][lane] = history[span.first + lane, .embedding(column)] }
    }
  }

  /// Computes levels for all positions of a block, which become part of the memory.
  ///
  /// - Precondition: The rows hold what the lower levels computed for these positions, and the memory all earlier positions.
  /// - Returns: The hull whose index could not take in a key or answer a query, so that nothing after it can be relied on; nil when all could.
  func run(
    _ range: Range<Int>, _ span: BlockSpan, _ rows: BlockRows.Handle, _ memory: BlockMemory,
    _ journal: inout BlockJournal?
  ) -> Int? {
    let groupCount = span.groupCount
    for index in range {
      let level = levels[index]
      addSums(level.sums, groupCount, rows)
      gate(level.units, groupCount, rows)
      for (column, row) in level.columns { memory.remember(rows[row], span, column: column) }
      for line in level.lines { memory.attend(line, span, rows) }
      for gather in level.gathers { memory.attend(gather, span, rows) }
      for lookup in level.lookups {
        guard memory.attend(lookup, span, rows, &journal) else { return lookup.hull }
      }
    }
    return nil
  }

  /// Predicts the token that follows each position.
  func predict(_ span: BlockSpan, _ rows: BlockRows.Handle, into predictions: UnsafeMutablePointer<Int32>) {
    let first = UnsafePointer(rows[0])
    for lane in 0..<span.count {
      predictions[lane] = Int32(truncatingIfNeeded: outputHead.best(first + lane))
    }
  }
}
