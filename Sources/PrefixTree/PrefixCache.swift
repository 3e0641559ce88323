package import PagedCache

/// A pool of pages and the tree that knows what some of them hold.
///
/// A page is free; or evictable, when only the tree holds it and nobody has locked its path; or protected. The three add
/// up to the pool.
package struct PrefixCache: Sendable {
  package internal(set) var pool: PagePool
  package internal(set) var tree: PrefixTree
  /// Pages that were evicted so far.
  package private(set) var evictedCount = 0

  /// A cache of free pages.
  package init(pool: PagePool, policy: EvictionPolicy = .leastRecentlyUsed) {
    self.pool = pool
    tree = PrefixTree(pageSize: pool.pageSize, policy: policy)
  }

  /// Pages that nobody holds.
  package var freeCount: Int { pool.freeCount }
  /// Pages that only the tree holds.
  package var evictableCount: Int { tree.evictableCount }
  /// Pages that somebody uses.
  package var protectedCount: Int { pool.pageCount - freeCount - evictableCount }
  /// Pages that can be had.
  package var availableCount: Int { freeCount + evictableCount }

  /// Takes pages, evicting others for them; nil, and nothing changed, when there are not so many.
  package mutating func allocate(_ count: Int) -> [PageID]? {
    guard makeRoom(count) else { return nil }
    return pool.allocate(count)
  }

  /// Evicts until so many pages are free; false, and nothing changed, when that cannot be.
  mutating func makeRoom(_ count: Int) -> Bool {
    guard count <= availableCount else { return false }
    let evicted = tree.evict(max(count - pool.freeCount, 0))
    for page in evicted { pool.release(page) }
    evictedCount += evicted.count
    return true
  }
}
