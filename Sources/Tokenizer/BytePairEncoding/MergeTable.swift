/// Which pairs of tokens merge, into what, and which of them first.
package struct MergeTable: Sendable {
  /// A pair's rank in the high half (the least merges first) and the id that it becomes in the low half.
  struct Merge {
    let packed: UInt64

    /// No merge: greater than any.
    static let none = Merge(packed: .max)

    var rank: UInt64 { packed >> 32 }
    var id: UInt32 { UInt32(truncatingIfNeeded: packed) }
  }

  /// Key and value in turn: a pair of ids, `.max` where free, and its packed merge.
  private var slots: [UInt64]
  private var count = 0

  /// An empty table with room for so many merges; more find room too.
  package init(expecting count: Int) {
    var capacity = 16
    while capacity < count * 2 { capacity *= 2 }
    slots = [UInt64](repeating: .max, count: capacity * 2)
  }

  /// Lets `left` and `right` merge into `id`; of a pair that comes twice the last rank counts.
  package mutating func insert(_ left: UInt32, _ right: UInt32, rank: Int, id: UInt32) {
    if (count + 1) * 4 > slots.count { grow() }
    let slot = self.slot(of: Self.key(left, right))
    if slots[slot] == .max { count += 1 }
    slots[slot] = Self.key(left, right)
    slots[slot + 1] = UInt64(UInt32(truncatingIfNeeded: rank)) << 32 | UInt64(id)
  }

  /// The merge of `left` and `right`, `.none` where they do not merge.
  @inline(__always)
  subscript(left: UInt32, right: UInt32) -> Merge {
    let slot = self.slot(of: Self.key(left, right))
    return slots.withUnsafeBufferPointer { Merge(packed: $0[slot] == .max ? .max : $0[slot + 1]) }
  }

  @inline(__always)
  private static func key(_ left: UInt32, _ right: UInt32) -> UInt64 { UInt64(left) << 32 | UInt64(right) }

  @inline(__always)
  private func slot(of key: UInt64) -> Int {
    slots.withUnsafeBufferPointer { slots in
      let mask = slots.count - 1
      var hash = key &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash >> 32
      var slot = Int(truncatingIfNeeded: hash &* 2) & mask
      while slots[slot] != key, slots[slot] != .max { slot = (slot + 2) & mask }
      return slot
    }
  }

  private mutating func grow() {
    let old = slots
    slots = [UInt64](repeating: .max, count: old.count * 2)
    for index in stride(from: 0, to: old.count, by: 2) where old[index] != .max {
      let slot = self.slot(of: old[index])
      slots[slot] = old[index]
      slots[slot + 1] = old[index + 1]
    }
  }
}
