package import PagedCache

extension PrefixTree {
  /// Puts a leaf that can be evicted among those, with a new stamp; changes nothing for other nodes.
  mutating func enqueue(_ node: Int) {
    guard nodes[node].isEvictable else { return }
    lastStamp += 1
    nodes[node].stamp = lastStamp
    let rank =
      switch policy {
      case .leastRecentlyUsed: nodes[node].lastUse
      case .leastFrequentlyUsed: nodes[node].uses
      case .firstInFirstOut: nodes[node].birth
      case .priority: nodes[node].priority
      }
    queue.insert(
      EvictionQueue.Entry(rank: rank, lastUse: nodes[node].lastUse, stamp: lastStamp, node: node))
    if queue.count > 4 * nodes.count + 64 {
      let (nodes, isCurrent) = (nodes, isCurrent)
      queue.removeAll { !isCurrent($0, nodes) }
    }
  }

  /// Whether an entry still says how its node is.
  private func isCurrent(_ entry: EvictionQueue.Entry, _ nodes: [PrefixNode]) -> Bool {
    nodes[entry.node].stamp == entry.stamp && nodes[entry.node].isEvictable
  }

  /// Gives up pages that nobody uses, from the ends of leaves on, in the policy's order.
  ///
  /// - Returns: so many pages, or all that can be evicted; the tree's reference to them is the caller's now.
  package mutating func evict(_ count: Int) -> [PageID] {
    var evicted: [PageID] = []
    while evicted.count < count, let entry = queue.popFirst() {
      guard isCurrent(entry, nodes) else { continue }
      let node = entry.node
      let number = min(count - evicted.count, nodes[node].pages.count)
      evicted += nodes[node].pages.suffix(number).reversed()
      nodes[node].pages.removeLast(number)
      nodes[node].tokens.removeLast(number * pageSize)
      pageCount -= number
      evictableCount -= number
      if nodes[node].pages.isEmpty { remove(node) } else { enqueue(node) }
    }
    version += evicted.isEmpty ? 0 : 1
    return evicted
  }

  /// Takes an empty leaf out, and its namespace's root when nothing is left there.
  private mutating func remove(_ node: Int) {
    guard let parent = nodes[node].parent else { return }
    nodes[parent].children.removeAll { $0 == node }
    recycle(node)
    if nodes[parent].parent == nil, nodes[parent].children.isEmpty {
      roots[nodes[parent].namespace] = nil
      recycle(parent)
    } else {
      enqueue(parent)
    }
  }
}
