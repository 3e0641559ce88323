import Attention
import Transformer

extension BlockMemory {
  /// Remembers a row's numbers.
  func remember(_ row: UnsafeMutablePointer<Double>, _ span: BlockSpan, column: Int) {
    var place = history.stored + (span.first * history.columnCount + column)
    for lane in 0..<span.count {
      place.pointee = row[lane]
      place += history.columnCount
    }
  }

  func attend(_ head: BlockLine, _ span: BlockSpan, _ rows: BlockRows.Handle) {
    var line = lines[head.line]
    for lane in 0..<span.count {
      line.insert(key: rows[head.key][lane], value: rows.pair(head.values, lane), rule: head.rule)
      rows.put(line.query(rows[head.query][lane]), head.destination, lane)
    }
    lines[head.line] = line
  }

  func attend(_ gather: BlockGather, _ span: BlockSpan, _ rows: BlockRows.Handle) {
    let head = gather.head
    for lane in 0..<span.count {
      let position = span.first + lane
      if head.rule == .average { gatherTotals[gather.gather] += head.value(at: position, in: history) }
      let attended = head.attend(
        query: rows.pair(gather.query, lane), last: position, history: history, total: gatherTotals[gather.gather])
      rows.put(attended, gather.destination, lane)
    }
  }

  /// False when the index could not take in a key or answer a query.
  func attend(_ lookup: BlockLookup, _ span: BlockSpan, _ rows: BlockRows.Handle) -> Bool {
    if let index = indexes[lookup.hull] { return index.attend(lookup, span, rows) }
    for lane in 0..<span.count {
      if lookup.takesKeys {
        hulls[lookup.hull].insert(key: rows.pair(lookup.key, lane), value: rows.pair(lookup.values, lane))
      }
      for search in lookup.searches {
        search.put(hulls[lookup.hull].queryInPlace(rows.pair(search.query, lane)), lane, rows)
      }
    }
    return true
  }
}

extension KeyIndexStorage {
  /// False when a key cannot be taken in or a query not be answered.
  fileprivate func attend(_ lookup: BlockLookup, _ span: BlockSpan, _ rows: BlockRows.Handle) -> Bool {
    for lane in 0..<span.count {
      if lookup.takesKeys {
        let value = rows.pair(lookup.values, lane)
        guard insert(key: rows.pair(lookup.key, lane), value: value, position: span.first + lane) else { return false }
      }
      for search in lookup.searches {
        guard let values = query(rows.pair(search.query, lane)) else { return false }
        search.put(values, lane, rows)
      }
    }
    return true
  }
}

extension BlockLookup.Search {
  /// Writes the head's values among those of the hull.
  @inline(__always)
  fileprivate func put(_ values: SIMD2<Double>, _ lane: Int, _ rows: BlockRows.Handle) {
    rows.put(SIMD2(values[lanes.x], values[lanes.y]), destination, lane)
  }
}
