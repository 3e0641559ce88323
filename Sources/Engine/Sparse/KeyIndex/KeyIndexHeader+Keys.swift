extension KeyIndexHeader {
  /// The entry of a number below `limit`.
  @inline(__always)
  func entry(of number: Int) -> UnsafeMutablePointer<KeyEntry> {
    assert(number >= 0 && number < limit)
    let page = Int(directory[number / KeyIndexStorage.pageSize])
    return entries + (page * KeyIndexStorage.pageSize + number % KeyIndexStorage.pageSize)
  }

  /// Takes in a key that is hidden or whose number has one already; false when it is another, and nothing has changed.
  @inline(__always)
  mutating func take(key: SIMD2<Double>, value: SIMD2<Double>, position: Int) -> Bool {
    if key.y <= IntegerKey.hiddenHeight {
      guard IntegerKey.isHidden(key) else { return false }
    } else {
      guard let number = IntegerKey.number(of: key), number < limit, entry(of: number).pointee.position >= 0 else {
        return false
      }
      let entry = entry(of: number)
      if key.y >= entry.pointee.height {
        entry.pointee = KeyEntry(height: key.y, x: value.x, y: value.y, position: position)
      }
    }
    latestX = value.x
    latestY = value.y
    return true
  }

  /// The number that a query names, perhaps between two integers; nil when the index cannot tell what the query attends to.
  @inline(__always)
  func target(of query: SIMD2<Double>) -> Double? {
    guard query.y > 0, query.y <= .greatestFiniteMagnitude, highest >= 0 else { return nil }
    let target = query.x / query.y
    return abs(target) <= IntegerKey.queryLimit ? target : nil
  }

  /// The entry that a query attends to, if it names a number that has one or one beyond all that have; nil for any other query.
  @inline(__always)
  func entry(for query: SIMD2<Double>) -> UnsafeMutablePointer<KeyEntry>? {
    guard let target = target(of: query) else { return nil }
    if target >= Double(highest) { return entry(of: highest) }
    if target <= Double(lowest) { return entry(of: lowest) }
    // Neither is negative, and halves are too far from integers to matter.
    let nearest = Int(target + 0.5)
    guard abs(target - Double(nearest)) <= IntegerKey.tolerance else { return nil }
    let entry = entry(of: nearest)
    return entry.pointee.position >= 0 ? entry : nil
  }
}
