import PagedCache

extension PrefixCache {
  /// Counts everything anew and compares it with the accounts: what is wrong, a line each.
  ///
  /// - Parameters:
  ///   - sequences: all that have pages of this cache.
  ///   - held: all paths that were locked for copies.
  package func violations(sequences: [SequencePages], held: [PrefixPath] = []) -> [String] {
    var audit = TreeAudit(tree: tree)
    audit.walk()
    for path in sequences.compactMap(\.path) + held { audit.release(path) }
    var violations = audit.violations + audit.leftLocks()
    func require(_ condition: Bool, _ violation: @autoclosure () -> String) {
      if !condition { violations.append(violation()) }
    }
    var references = Array(repeating: 0, count: pool.pageCount)
    for page in sequences.flatMap(\.table.pages) + audit.pages { references[page.number] += 1 }
    for (number, count) in references.enumerated() where count != pool.referenceCount(of: PageID(number)) {
      violations.append("page \(number) has \(pool.referenceCount(of: PageID(number))) references instead of \(count)")
    }
    require(Set(audit.pages).count == audit.pages.count, "a page stands in the tree twice")
    require(audit.pages.count == tree.pageCount, "\(tree.pageCount) pages counted in the tree of \(audit.pages.count)")
    let free = references.count { $0 == 0 }
    let protected = Set(sequences.flatMap(\.table.pages)).union(audit.lockedPages)
    let evictable = Set(audit.pages).subtracting(audit.lockedPages)
    require(protected.isDisjoint(with: evictable), "a page that is used can be evicted")
    require(
      (free, evictable.count, protected.count) == (freeCount, evictableCount, protectedCount),
      "\(free) free, \(evictable.count) evictable, \(protected.count) protected pages are accounted as "
        + "\(freeCount), \(evictableCount), \(protectedCount)")
    require(free + evictable.count + protected.count == pool.pageCount, "the pages do not add up to the pool")
    for sequence in sequences where sequence.sharedCount > sequence.table.pages.count {
      violations.append("a sequence shares \(sequence.sharedCount) of \(sequence.table.pages.count) pages")
    }
    return violations
  }
}

/// Goes through a tree node by node.
private struct TreeAudit {
  let tree: PrefixTree
  var violations: [String] = []
  var pages: [PageID] = []
  var lockedPages: Set<PageID> = []
  /// The locks that no holder has been found for.
  var locks: [Int: Int] = [:]

  init(tree: PrefixTree) {
    self.tree = tree
  }

  mutating func walk() {
    for (namespace, root) in tree.roots {
      if tree.nodes[root].children.isEmpty { violations.append("\(namespace) has a root and nothing else") }
      walk(root)
    }
  }

  private mutating func walk(_ number: Int) {
    let node = tree.nodes[number]
    pages += node.pages
    locks[number] = node.locks
    if node.locks > 0 { lockedPages.formUnion(node.pages) }
    if node.tokens.count != node.pages.count * tree.pageSize { violations.append("node \(number) has broken pages") }
    if node.parent != nil, node.pages.isEmpty { violations.append("node \(number) is empty") }
    let beginnings = node.children.map { tree.nodes[$0].tokens.prefix(tree.pageSize) }
    for (one, other) in zip(beginnings, beginnings.dropFirst()) where !one.lexicographicallyPrecedes(other) {
      violations.append("the children of node \(number) are not in order")
    }
    for child in node.children {
      if tree.nodes[child].parent != number { violations.append("node \(child) does not know its parent") }
      walk(child)
    }
  }

  /// Takes off the locks of one holder.
  mutating func release(_ path: PrefixPath) {
    var node = path.node
    while let parent = tree.nodes[node].parent {
      locks[node, default: 0] -= 1
      node = parent
    }
  }

  /// A line for each node whose locks are not its holders'.
  func leftLocks() -> [String] {
    locks.filter { $0.value != 0 }.sorted { $0.key < $1.key }.map { "node \($0) has \($1) locks of nobody" }
  }
}
