/// A number for each position, in place. Its holder frees it.
struct PositionColumn {
  private(set) var values: UnsafeMutablePointer<Double>  // [capacity]
  private var capacity: Int

  init(capacity: Int = 0) {
    values = .allocate(capacity: capacity)
    self.capacity = capacity
  }

  func deallocate() {
    values.deallocate()
  }

  /// Makes room for so many positions in all, of which `count` are there.
  mutating func reserve(_ positions: Int, holding count: Int) {
    guard positions > capacity else { return }
    let grown = max(positions, capacity + capacity / 2)
    let larger = UnsafeMutablePointer<Double>.allocate(capacity: grown)
    larger.update(from: values, count: count)
    values.deallocate()
    values = larger
    capacity = grown
  }

  /// Another column with the first numbers of this one.
  func copy(of count: Int) -> PositionColumn {
    let copy = PositionColumn(capacity: count)
    copy.values.update(from: values, count: count)
    return copy
  }
}
