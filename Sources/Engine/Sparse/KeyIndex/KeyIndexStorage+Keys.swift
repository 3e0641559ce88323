import Attention

extension KeyIndexStorage {
  /// Takes in a key; false when it is none that the index can hold.
  @inline(__always)
  func insert(key: SIMD2<Double>, value: SIMD2<Double>, position: Int) -> Bool {
    if header.pointee.take(key: key, value: value, position: position) { return true }
    guard key.y > IntegerKey.hiddenHeight, let number = IntegerKey.number(of: key) else { return false }
    occupy(number)
    entry(of: number).pointee = KeyEntry(height: key.y, x: value.x, y: value.y, position: position)
    header.pointee.latestX = value.x
    header.pointee.latestY = value.y
    return true
  }

  /// The value attended to; nil when the index cannot tell: no visible key, a query that does not point up, or one far beyond all keys.
  @inline(__always)
  func query(_ query: SIMD2<Double>) -> SIMD2<Double>? {
    if let entry = header.pointee.entry(for: query) { return entry.pointee.value }
    // All keys tie, hidden ones included.
    if query.x == 0, query.y == 0 { return SIMD2(header.pointee.latestX, header.pointee.latestY) }
    guard let target = header.pointee.target(of: query) else { return nil }
    let left = neighbour(upTo: Int(target))
    let right = neighbour(from: Int(target) + 1)
    // What is clearly nearer wins, since e is ½ at most.
    let (before, behind) = (target - Double(left), Double(right) - target)
    if before * before + 1 < behind * behind { return entry(of: left).pointee.value }
    if behind * behind + 1 < before * before { return entry(of: right).pointee.value }
    return better(query, left, right)
  }

  /// The value of the better of two numbers' keys, by their exact scores; of equal ones the later.
  @inline(never)
  private func better(_ query: SIMD2<Double>, _ left: Int, _ right: Int) -> SIMD2<Double> {
    let first = entry(of: left).pointee
    let second = entry(of: right).pointee
    let order = ExactGeometry.compareScores(
      query, SIMD2(2 * Double(left), first.height), SIMD2(2 * Double(right), second.height))
    switch order {
    case .positive: return first.value
    case .negative: return second.value
    case .zero: return first.position > second.position ? first.value : second.value
    }
  }
}
