extension KeyIndexStorage {
  /// Takes in the keys of a block, whose numbers are known, and answers its queries; false when one of them is none that the index can
  /// hold or answer.
  ///
  /// - Parameter willReplace: Called with a number and its entry before that changes.
  @inline(__always)
  func attend(
    _ lookup: BlockLookup, _ span: BlockSpan, _ rows: BlockRows.Handle, willReplace: (Int, KeyEntry) -> Void
  ) -> Bool {
    for search in lookup.searches { numberQueries(search, span, rows) }
    let values = (x: rows[lookup.values.x], y: rows[lookup.values.y])
    for lane in 0..<span.count {
      if lookup.takesKeys {
        let number = NearestInteger.integer(rows[lookup.numberRow][lane])
        if number >= 0 { willReplace(number, number < header.pointee.limit ? entry(of: number).pointee : .none) }
        guard take(lookup, number, lane, span.first + lane, values, rows) else { return false }
      }
      for search in lookup.searches where !answer(search, lane, rows) { return false }
    }
    return true
  }

  /// Finds the numbers of visible keys, as `IntegerKey.number` does; −1 for other keys.
  @inline(__always)
  func numberKeys(_ lookup: BlockLookup, _ span: BlockSpan, _ rows: BlockRows.Handle) {
    for group in 0..<span.groupCount {
      let number = rows[lookup.key.x, group: group] * 0.5
      let sum = number + NearestInteger.rounding
      let excess = rows[lookup.key.y, group: group] + number * number
      let isNumbered =
        (number .== sum - NearestInteger.rounding) .& (number .>= 0) .& (number .< Double(IntegerKey.limit))
        .& (excess .>= 0) .& (excess .<= IntegerKey.greatestExcess)
      rows[lookup.numberRow, group: group] = sum.replacing(with: NearestInteger.none, where: .!isNumbered)
    }
  }

  /// Finds the numbers that queries ask for; −1 where that takes more than a division.
  @inline(__always)
  private func numberQueries(_ search: BlockLookup.Search, _ span: BlockSpan, _ rows: BlockRows.Handle) {
    for group in 0..<span.groupCount {
      let height = rows[search.query.y, group: group]
      let target = rows[search.query.x, group: group] / height
      let sum = target + NearestInteger.rounding
      let distance = target - (sum - NearestInteger.rounding)
      let isNumbered =
        (height .> 0) .& (height .<= .greatestFiniteMagnitude) .& (distance .<= IntegerKey.tolerance)
        .& (distance .>= -IntegerKey.tolerance) .& (target .>= 0) .& (target .< Double(IntegerKey.limit))
      rows[search.numberRow, group: group] = sum.replacing(with: NearestInteger.none, where: .!isNumbered)
    }
  }

  /// Takes in a position's key.
  @inline(__always)
  private func take(
    _ lookup: BlockLookup, _ number: Int, _ lane: Int, _ position: Int,
    _ values: (x: UnsafeMutablePointer<Double>, y: UnsafeMutablePointer<Double>), _ rows: BlockRows.Handle
  ) -> Bool {
    let height = rows[lookup.key.y][lane]
    guard number >= 0, number < header.pointee.limit else {
      return insert(
        key: rows.pair(lookup.key, lane), value: SIMD2(values.x[lane], values.y[lane]), position: position)
    }
    header.pointee.latestX = values.x[lane]
    header.pointee.latestY = values.y[lane]
    let entry = entry(of: number)
    if entry.pointee.position < 0 { occupy(number) }
    let occupied = self.entry(of: number)
    if height >= occupied.pointee.height {
      occupied.pointee = KeyEntry(height: height, x: values.x[lane], y: values.y[lane], position: position)
    }
    return true
  }

  /// Answers a query; false when the index cannot tell.
  @inline(__always)
  private func answer(_ search: BlockLookup.Search, _ lane: Int, _ rows: BlockRows.Handle) -> Bool {
    let number = NearestInteger.integer(rows[search.numberRow][lane])
    let highest = header.pointee.highest
    if number >= 0, highest >= 0 {
      let entry = entry(of: min(max(number, header.pointee.lowest), highest))
      if entry.pointee.position >= 0 {
        search.put(entry.pointee.value, lane, rows)
        return true
      }
    }
    guard let values = query(rows.pair(search.query, lane)) else { return false }
    search.put(values, lane, rows)
    return true
  }
}

extension BlockLookup.Search {
  /// Writes the head's values among those of the hull.
  @inline(__always)
  func put(_ values: SIMD2<Double>, _ lane: Int, _ rows: BlockRows.Handle) {
    rows.put(SIMD2(values[lanes.x], values[lanes.y]), destination, lane)
  }
}
