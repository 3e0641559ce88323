extension KeyIndexStorage {
  /// Takes in the keys of a block and answers its queries; false when one of them is none that the index can hold or answer.
  ///
  /// Which numbers keys and queries mean is found for all positions at once; then keys and queries take turns.
  ///
  /// - Parameter willReplace: Called with a number and its entry before that changes.
  @inline(__always)
  func attend(
    _ lookup: BlockLookup, _ searches: ArraySlice<BlockLookup.Search>, _ span: BlockSpan, _ rows: BlockRows.Handle,
    _ kernel: RowKernel?, willReplace: (Int, KeyEntry) -> Void
  ) -> Bool {
    if lookup.takesKeys { numberKeys(lookup, span, rows) }
    for search in searches {
      // As `query` does: below the lowest number that lowest wins, and above the highest that.
      IntegerNaming(
        numerator: search.query.x, denominator: search.query.y, lastRow: nil, greatest: Double(IntegerKey.limit - 1),
        reach: IntegerKey.queryLimit, tolerance: IntegerKey.tolerance, namedRow: search.numberRow
      ).run(span, rows, kernel)
    }
    return withUnsafeTemporaryAllocation(of: SearchedRows.self, capacity: searches.count) { searched in
      for (place, search) in searches.enumerated() {
        searched.initializeElement(at: place, to: SearchedRows(search, rows))
      }
      let numbers = rows[lookup.numberRow]
      var lane = 0
      while lane < span.count {
        defer { lane &+= 1 }
        if lookup.takesKeys {
          let number = NearestInteger.integer(numbers[lane])
          if number >= 0 {
            willReplace(number, number < header.pointee.limit ? entry(of: number).pointee : .none)
            take(lookup, number, lane, span.first &+ lane, rows)
          } else if number != Self.hiddenKey {
            return false
          }
        }
        var place = 0
        while place < searched.count {
          if !answer(searched[place], lane), !answerSlowly(lookup, searched[place], lane, rows) { return false }
          place &+= 1
        }
      }
      if lookup.takesKeys { noteLatest(lookup, span.count - 1, rows) }
      return true
    }
  }

  /// What stands for the number of a hidden key, and of one that the index cannot hold.
  private static var hiddenKey: Int { -1 }
  private static var irregularKey: Double { NearestInteger.none - 1 }

  /// Finds the numbers of visible keys, as `IntegerKey.number` does, and which of the others are hidden.
  @inline(__always)
  private func numberKeys(_ lookup: BlockLookup, _ span: BlockSpan, _ rows: BlockRows.Handle) {
    for group in 0..<span.groupCount {
      let x = rows[lookup.key.x, group: group]
      let y = rows[lookup.key.y, group: group]
      let number = x * 0.5
      let sum = number + NearestInteger.rounding
      let excess = y + number * number
      let isNumbered =
        (number .== sum - NearestInteger.rounding) .& (number .>= 0) .& (number .< Double(IntegerKey.limit))
        .& (excess .>= 0) .& (excess .<= IntegerKey.greatestExcess)
      let isHidden =
        (y .<= IntegerKey.hiddenHeight) .& (y .>= -.greatestFiniteMagnitude) .& (x .<= IntegerKey.hiddenReach)
        .& (x .>= -IntegerKey.hiddenReach)
      let unnumbered = BlockRows.Lanes(repeating: Self.irregularKey).replacing(
        with: NearestInteger.none, where: isHidden)
      rows[lookup.numberRow, group: group] = unnumbered.replacing(with: sum, where: isNumbered)
    }
  }

  /// Takes in the visible key of a number.
  @inline(__always)
  private func take(_ lookup: BlockLookup, _ number: Int, _ lane: Int, _ position: Int, _ rows: BlockRows.Handle) {
    if number >= header.pointee.limit || place(of: number).pointee.position < 0 { occupy(number) }
    let height = rows[lookup.key.y][lane]
    let entry = place(of: number)
    if height >= entry.pointee.height {
      entry.pointee = KeyEntry(
        height: height, x: rows[lookup.values.x][lane], y: rows[lookup.values.y][lane], position: position)
    }
  }

  /// Answers a query for a number; false when it asks for something else or that number has no key.
  @inline(__always)
  private func answer(_ search: SearchedRows, _ lane: Int) -> Bool {
    let number = NearestInteger.integer(search.numbers[lane])
    let highest = header.pointee.highest
    guard number >= 0, highest >= 0 else { return false }
    let entry = place(of: min(max(number, header.pointee.lowest), highest))
    guard entry.pointee.position >= 0 else { return false }
    search.x[lane] = search.takesFirst.x ? entry.pointee.x : entry.pointee.y
    search.y[lane] = search.takesFirst.y ? entry.pointee.x : entry.pointee.y
    return true
  }

  /// Answers any query; false when the index cannot tell.
  @inline(never)
  private func answerSlowly(
    _ lookup: BlockLookup, _ search: SearchedRows, _ lane: Int, _ rows: BlockRows.Handle
  ) -> Bool {
    if lookup.takesKeys { noteLatest(lookup, lane, rows) }
    guard let values = query(rows.pair(search.query, lane)) else { return false }
    search.x[lane] = search.takesFirst.x ? values.x : values.y
    search.y[lane] = search.takesFirst.y ? values.x : values.y
    return true
  }

  /// Remembers the value inserted last.
  private func noteLatest(_ lookup: BlockLookup, _ lane: Int, _ rows: BlockRows.Handle) {
    header.pointee.latestX = rows[lookup.values.x][lane]
    header.pointee.latestY = rows[lookup.values.y][lane]
  }

  /// `entry(of:)` without a check for overflow, which in a number below the limit there is none.
  @inline(__always)
  private func place(of number: Int) -> UnsafeMutablePointer<KeyEntry> {
    assert(number >= 0 && number < header.pointee.limit)
    let page = Int(header.pointee.directory[number &>> 6])
    return header.pointee.entries + (page &<< 6 | number & 63)
  }
}

/// A search's rows in place.
private struct SearchedRows {
  let query: (x: Int, y: Int)
  let numbers: UnsafeMutablePointer<Double>
  let x: UnsafeMutablePointer<Double>
  let y: UnsafeMutablePointer<Double>
  /// Whether a row takes the first of the hull's values, or the second.
  let takesFirst: (x: Bool, y: Bool)

  init(_ search: BlockLookup.Search, _ rows: BlockRows.Handle) {
    query = search.query
    numbers = rows[search.numberRow]
    x = rows[search.destination.x]
    y = rows[search.destination.y]
    takesFirst = (search.lanes.x == 0, search.lanes.y == 0)
  }
}
