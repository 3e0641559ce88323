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

  /// False when the index could not take in a key or answer a query.
  func attend(
    _ lookup: BlockLookup, _ searches: ArraySlice<BlockLookup.Search>, _ span: BlockSpan, _ rows: BlockRows.Handle,
    _ journal: inout BlockJournal?
  ) -> Bool {
    if let index = indexes[lookup.hull] {
      guard journal != nil, lookup.takesKeys else {
        return index.attend(lookup, searches, span, rows, kernel) { _, _ in }
      }
      return index.attend(lookup, searches, span, rows, kernel) { journal?.note($1, of: $0, hull: lookup.hull) }
    }
    for lane in 0..<span.count {
      if lookup.takesKeys {
        hulls[lookup.hull].insert(key: rows.pair(lookup.key, lane), value: rows.pair(lookup.values, lane))
      }
      for search in searches {
        let values = hulls[lookup.hull].queryInPlace(rows.pair(search.query, lane))
        rows[search.destination.x][lane] = values[search.lanes.x]
        rows[search.destination.y][lane] = values[search.lanes.y]
      }
    }
    return true
  }
}
