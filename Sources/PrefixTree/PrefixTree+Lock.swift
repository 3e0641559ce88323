extension PrefixTree {
  /// Moves a holder from its path, which the match was found below, to the end of the match, and locks what lies between.
  ///
  /// - Returns: the new path; the old one when nothing matched. It is the holder's to unlock, the old one no longer is.
  package mutating func advance(_ path: PrefixPath?, to match: PrefixMatch, priority: Int = 0) -> PrefixPath? {
    precondition(match.version == version, "a match has to be used before the tree changes")
    guard let end = match.end else { return path }
    let isWhole = end.pageCount == nodes[end.node].pages.count
    let node = isWhole ? end.node : divide(end.node, at: end.pageCount)
    lock(node, upTo: path?.node, priority)
    return PrefixPath(node: node)
  }

  /// Keeps a page that matches in part from being evicted, until the path is unlocked.
  ///
  /// To be called before `advance` with the same match.
  package mutating func hold(_ partial: PrefixMatch.PartialPage) -> PrefixPath {
    lock(partial.node, upTo: nil, .min)
    return PrefixPath(node: partial.node)
  }

  /// Ends a holder's use of a path.
  package mutating func unlock(_ path: PrefixPath) {
    now += 1
    var node = path.node
    while let parent = nodes[node].parent {
      precondition(nodes[node].locks > 0, "a path that is not locked")
      nodes[node].locks -= 1
      nodes[node].lastUse = now
      if nodes[node].locks == 0 { evictableCount += nodes[node].pages.count }
      enqueue(node)
      node = parent
    }
  }

  /// Locks a node and those above it, up to an ancestor that the holder has locked already.
  private mutating func lock(_ bottom: Int, upTo ancestor: Int?, _ priority: Int) {
    now += 1
    var node = bottom
    while node != ancestor, let parent = nodes[node].parent {
      if nodes[node].locks == 0 { evictableCount -= nodes[node].pages.count }
      nodes[node].locks += 1
      nodes[node].lastUse = now
      nodes[node].uses += 1
      nodes[node].priority = max(nodes[node].priority, priority)
      node = parent
    }
  }

  /// Divides a node after some of its pages; the new node has those, the old one the others, so that paths to its end stay.
  private mutating func divide(_ node: Int, at count: Int) -> Int {
    let old = nodes[node]
    var upper = old
    upper.tokens = Array(old.tokens.prefix(count * pageSize))
    upper.pages = Array(old.pages.prefix(count))
    upper.children = [node]
    let place = add(upper)
    nodes[node].tokens.removeFirst(count * pageSize)
    nodes[node].pages.removeFirst(count)
    nodes[node].parent = place
    if let parent = old.parent, let index = nodes[parent].children.firstIndex(of: node) {
      nodes[parent].children[index] = place
    }
    version += 1
    return place
  }
}
