package import PagedCache

/// A stretch of tokens that every sequence through it has in common, and their pages.
struct PrefixNode: Sendable {
  /// The tokens; whole pages of them, none for the root of a namespace.
  var tokens: [Int]  // [pages, page size]
  /// Where the tokens' keys and values are.
  var pages: [PageID]
  /// Nil for the root of a namespace.
  var parent: Int?
  let namespace: PrefixNamespace
  /// The nodes that go on from here, in the order of their tokens; no two begin with the same page.
  var children: [Int] = []
  /// The holders that end here or below; none of the pages can be evicted while there are any.
  var locks = 0
  /// When this was last locked or unlocked.
  var lastUse = 0
  /// When this was inserted.
  var birth: Int
  /// How often this was locked.
  var uses = 0
  /// The highest priority of those who inserted or used this.
  var priority: Int
  /// Changes whenever the node's place among those to evict does.
  var stamp = 0

  var isEvictable: Bool { parent != nil && locks == 0 && children.isEmpty }
}

/// A holder's place in the tree: everything from its namespace's root to the end of one node.
///
/// It stays the same when nodes are divided.
package struct PrefixPath: Hashable, Sendable {
  let node: Int
}

extension PrefixTree {
  /// A node as it is at the moment, with all that goes on from it.
  package struct Snapshot: Hashable, Sendable {
    package var tokens: [Int]
    package var pages: [PageID]
    /// The holders that end at this node or below.
    package var locks: Int
    package var children: [Snapshot]
  }

  /// The namespaces of which anything is known, in no order.
  package var namespaces: [PrefixNamespace] { Array(roots.keys) }

  /// What is known of a namespace, from its root on; nil when that is nothing.
  package func snapshot(of namespace: PrefixNamespace) -> Snapshot? {
    snapshots(of: [namespace], atMost: .max).first
  }

  /// What is known of namespaces, from their roots on, in the order of the namespaces.
  ///
  /// - Parameter limit: the most nodes, the roots among them; those that come later are left out.
  package func snapshots(of namespaces: [PrefixNamespace], atMost limit: Int) -> [Snapshot] {
    var room = limit
    var found: [Snapshot] = []
    for namespace in namespaces where room > 0 {
      if let root = roots[namespace] { found.append(snapshot(root, &room)) }
    }
    return found
  }

  private func snapshot(_ node: Int, _ room: inout Int) -> Snapshot {
    room -= 1
    let one = nodes[node]
    var children: [Snapshot] = []
    for child in one.children where room > 0 { children.append(snapshot(child, &room)) }
    return Snapshot(tokens: one.tokens, pages: one.pages, locks: one.locks, children: children)
  }
}
