import HeapModule

/// The leaves that can be evicted, first the one that should be.
///
/// Entries are not taken out when a leaf changes, which a heap cannot do: each has the stamp that its leaf had, and one whose
/// leaf has another stamp by now is passed over.
struct EvictionQueue: Sendable {
  struct Entry: Comparable, Sendable {
    /// What the policy looks at, the least first.
    var rank: Int
    /// What decides between equal ranks.
    var lastUse: Int
    var stamp: Int
    var node: Int

    static func < (one: Self, other: Self) -> Bool {
      (one.rank, one.lastUse, one.stamp) < (other.rank, other.lastUse, other.stamp)
    }
  }

  private var heap = Heap<Entry>()

  /// Entries, those passed over later included.
  var count: Int { heap.count }

  mutating func insert(_ entry: Entry) {
    heap.insert(entry)
  }

  mutating func popFirst() -> Entry? {
    heap.popMin()
  }

  /// Drops the entries that would be passed over.
  mutating func removeAll(where isStale: (Entry) -> Bool) {
    heap = Heap(heap.unordered.filter { !isStale($0) })
  }
}
