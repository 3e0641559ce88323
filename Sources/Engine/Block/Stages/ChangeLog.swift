/// Entries that were replaced, in the order in which that happened, at an address that compiled code can write to.
final class ChangeLog {
  private(set) var changes: UnsafeMutablePointer<KeyChange>  // [capacity]
  private(set) var count = 0
  private var capacity: Int

  init(capacity: Int) {
    self.capacity = capacity
    changes = .allocate(capacity: capacity)
  }

  deinit {
    changes.deallocate()
  }

  /// Makes room for so many more.
  func reserve(_ more: Int) {
    guard count + more > capacity else { return }
    capacity = max(2 * capacity, count + more)
    let moved = UnsafeMutablePointer<KeyChange>.allocate(capacity: capacity)
    moved.initialize(from: changes, count: count)
    changes.deallocate()
    changes = moved
  }

  /// Adds a change, for which there must be room.
  @inline(__always)
  func append(_ change: KeyChange) {
    assert(count < capacity)
    (changes + count).initialize(to: change)
    count += 1
  }

  /// Counts changes as added that were written behind the others.
  func noteWritten(upTo count: Int) {
    assert(count <= capacity)
    self.count = count
  }

  /// Forgets the first changes.
  func removeFirst(_ removed: Int) {
    count -= removed
    // The two may overlap.
    changes.update(from: changes + removed, count: count)
  }
}
