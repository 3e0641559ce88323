import Transformer

extension BlockMemory {
  /// What a gathering head attends to at each position.
  func attend(_ gather: BlockGather, _ span: BlockSpan, _ rows: BlockRows.Handle) {
    let named = gather.namedRow
    name(gather, span, rows)
    let columns = (x: gather.head.columns.x.map(source), y: gather.head.columns.y.map(source))
    if let row = gather.destination.x, let column = columns.x { fill(rows[row], from: column, rows[named], span) }
    if let row = gather.destination.y, let column = columns.y { fill(rows[row], from: column, rows[named], span) }
    attendToOthers(gather, span, rows)
  }

  /// Finds the positions that queries name, as `PositionParabola.winner` does.
  @inline(__always)
  private func name(_ gather: BlockGather, _ span: BlockSpan, _ rows: BlockRows.Handle) {
    for group in 0..<span.groupCount {
      let height = rows[gather.query.y, group: group]
      let target = rows[gather.query.x, group: group] / height
      let last = rows[gather.positionRow, group: group]
      let clamped = target.replacing(with: 0, where: target .< 0).replacing(with: last, where: target .> last)
      let sum = clamped + NearestInteger.rounding
      let distance = clamped - (sum - NearestInteger.rounding)
      let isNamed =
        (height .> 0) .& (height .<= .greatestFiniteMagnitude) .& (distance .<= PositionParabola.tolerance)
        .& (distance .>= -PositionParabola.tolerance)
      rows[gather.namedRow, group: group] = sum.replacing(with: NearestInteger.none, where: .!isNamed)
    }
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

  @inline(__always)
  private func fill(
    _ row: UnsafeMutablePointer<Double>, from column: ColumnSource, _ named: UnsafeMutablePointer<Double>,
    _ span: BlockSpan
  ) {
    if let tokens = column.tokens {
      for lane in 0..<span.count {
        // A lane that names nothing reads position 0, and is filled again.
        let position = max(NearestInteger.integer(named[lane]), 0)
        row[lane] = column.numbers[Int(tokens[position]) &* column.stride]
      }
    } else {
      for lane in 0..<span.count {
        row[lane] = column.numbers[max(NearestInteger.integer(named[lane]), 0) &* column.stride]
      }
    }
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
