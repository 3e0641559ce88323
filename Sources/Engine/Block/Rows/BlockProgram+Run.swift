import Transformer

extension BlockProgram {
  /// Puts tokens and their positions into the rows.
  func embed(_ span: BlockSpan, _ rows: BlockRows.Handle, _ history: PositionHistory) {
    for lane in 0..<span.count {
      let position = Double(span.first &+ lane)
      rows[positionRow][lane] = position
      if let squareRow { rows[squareRow][lane] = position * position }
    }
    if let inverseLogRow { span.fillRecency(rows[inverseLogRow]) }
    let tokens = history.tokens + span.first
    embeddingRows.withUnsafeBufferPointer { embeddingRows in
      for lane in 0..<span.count {
        let numbers = history.embedding + Int(tokens[lane]) &* history.embeddingColumns
        for (column, row) in embeddingRows { rows[row][lane] = numbers[column] }
      }
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
    for level in levels[range] {
      compute(level, span, rows)
      for column in columns[level.columns] { memory.remember(rows[column.row], span, column: column.column) }
      for line in lines[level.lines] { memory.attend(line, span, rows) }
      for gather in gathers[level.gathers] { memory.attend(gather, span, rows) }
      for lookup in lookups[level.lookups] {
        guard memory.attend(lookup, searches[lookup.searches], span, rows, &journal) else { return lookup.hull }
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
