import Transformer

extension BlockMemory {
  /// What a gathering head attends to at each position.
  func attend(_ gather: BlockGather, _ span: BlockSpan, _ rows: BlockRows.Handle) {
    // As `PositionParabola.winner` does.
    IntegerNaming(
      numerator: gather.query.x, denominator: gather.query.y, lastRow: gather.positionRow, reach: .infinity,
      tolerance: PositionParabola.tolerance, namedRow: gather.namedRow
    ).run(span, rows, kernel)
    let named = rows[gather.namedRow]
    var isEachNamed = true
    if let row = gather.destination.x, let column = gather.head.columns.x {
      isEachNamed = fill(rows[row], from: source(column), named, span)
    }
    if let row = gather.destination.y, let column = gather.head.columns.y {
      isEachNamed = fill(rows[row], from: source(column), named, span)
    }
    if !isEachNamed || gather.head.rule == .average { attendToOthers(gather, span, rows) }
  }

  /// A column's place in memory.
  private func source(_ column: GatheredColumn) -> ColumnSource {
    switch column {
    case .embedding(let column):
      ColumnSource(numbers: history.embedding + column, stride: history.embeddingColumns, tokens: history.tokens)
    case .stored(let column):
      ColumnSource(numbers: UnsafePointer(history.stored) + column, stride: history.columnCount, tokens: nil)
    }
  }

  /// Fills a row from the positions that are named; whether each lane names one. A lane that names none takes position 0's number.
  @inline(__always)
  private func fill(
    _ row: UnsafeMutablePointer<Double>, from column: ColumnSource, _ named: UnsafeMutablePointer<Double>,
    _ span: BlockSpan
  ) -> Bool {
    var signs = 0
    if let tokens = column.tokens {
      for lane in 0..<span.count {
        let position = NearestInteger.integer(named[lane])
        signs |= position
        row[lane] = column.numbers[Int(tokens[max(position, 0)]) &* column.stride]
      }
    } else {
      for lane in 0..<span.count {
        let position = NearestInteger.integer(named[lane])
        signs |= position
        row[lane] = column.numbers[max(position, 0) &* column.stride]
      }
    }
    return signs >= 0
  }

  /// Fills the lanes whose queries name no position, and sums up for those that will.
  private func attendToOthers(_ gather: BlockGather, _ span: BlockSpan, _ rows: BlockRows.Handle) {
    let head = gather.head
    for lane in 0..<span.count {
      let position = span.first + lane
      if head.rule == .average { gatherTotals[gather.gather] += head.value(at: position, in: history) }
      guard NearestInteger.integer(rows[gather.namedRow][lane]) < 0 else { continue }
      let attended = head.attend(
        query: rows.pair(gather.query, lane), last: position, history: history, total: gatherTotals[gather.gather])
      rows.put(attended, gather.destination, lane)
    }
  }
}

/// A column in place: a number for each position, or for each token.
private struct ColumnSource {
  let numbers: UnsafePointer<Double>
  let stride: Int
  let tokens: UnsafeMutablePointer<Int32>?
}
