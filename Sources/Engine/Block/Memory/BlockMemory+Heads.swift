import Attention
import Transformer

extension BlockMemory {
  /// Remembers a row's numbers.
  func remember(_ row: UnsafeMutablePointer<Double>, _ span: BlockSpan, column: Int) {
    (columns[column].values + span.first).update(from: row, count: span.count)
  }

  func attend(_ head: BlockLine, _ span: BlockSpan, _ rows: BlockRows.Handle) {
    var line = lines[head.line]
    for lane in 0..<span.count {
      line.insert(key: rows[head.key][lane], value: rows.pair(head.values, lane), rule: head.rule)
      rows.put(line.query(rows[head.query][lane]), head.destination, lane)
    }
    lines[head.line] = line
  }

  func attend(_ head: BlockGather, _ span: BlockSpan, _ rows: BlockRows.Handle) {
    let values = GatheredValues(x: head.columns.x.map { columns[$0] }, y: head.columns.y.map { columns[$0] })
    for lane in 0..<span.count {
      let position = span.first + lane
      if head.source.rule == .average { gatherTotals[head.gather] += values[position] }
      let query = rows.pair(head.query, lane)
      if let winner = head.source.parabola.winner(query, last: position) {
        rows.put(values[winner], head.destination, lane)
      } else {
        let attended = head.source.attendByComparison(query: query, last: position, total: gatherTotals[head.gather]) {
          values[$0]
        }
        rows.put(attended, head.destination, lane)
      }
    }
  }

  func attend(_ head: BlockLookup, _ span: BlockSpan, _ rows: BlockRows.Handle) {
    let lookup = lookups + head.number
    if let index = lookup.pointee.index {
      if !index.attend(head, span, rows) { lookup.pointee.hasRefused = true }
      return
    }
    for lane in 0..<span.count {
      lookup.pointee.hull.insert(key: rows.pair(head.key, lane), value: rows.pair(head.values, lane))
      for search in head.searches {
        let values = lookup.pointee.hull.query(rows.pair(search.query, lane))
        rows.put(SIMD2(values[search.lanes.x], values[search.lanes.y]), search.destination, lane)
      }
    }
  }
}

/// The values of a gathering head by position, 0 where one is not wanted.
private struct GatheredValues {
  let x: PositionColumn?
  let y: PositionColumn?

  @inline(__always)
  subscript(position: Int) -> SIMD2<Double> {
    SIMD2(x?.values[position] ?? 0, y?.values[position] ?? 0)
  }
}

extension KeyIndexStorage {
  /// Takes in the keys of a block, each before its position's queries; false when one of them is none that the index can hold or answer.
  func attend(_ head: BlockLookup, _ span: BlockSpan, _ rows: BlockRows.Handle) -> Bool {
    for lane in 0..<span.count {
      let isTaken = insert(
        key: rows.pair(head.key, lane), value: rows.pair(head.values, lane), position: span.first + lane)
      guard isTaken else { return false }
      for search in head.searches {
        guard let values = query(rows.pair(search.query, lane)) else { return false }
        rows.put(SIMD2(values[search.lanes.x], values[search.lanes.y]), search.destination, lane)
      }
    }
    return true
  }
}
