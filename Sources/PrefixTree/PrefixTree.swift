/// The token sequences whose keys and values are known, as a radix tree over whole pages.
///
/// A node is a stretch of pages; it is divided where sequences part, so that no two children of a node begin with the same
/// page. Whoever uses a sequence locks the path to it. Leaves that nobody locks can be evicted.
///
/// The tree holds one reference to each of its pages but keeps no account of them: `PrefixCache` does.
package struct PrefixTree: Sendable {
  /// Tokens of a page.
  package let pageSize: Int
  /// Which leaf is evicted first.
  package let policy: EvictionPolicy
  /// Pages of all nodes.
  package internal(set) var pageCount = 0
  /// Pages of the nodes that nobody locks.
  package internal(set) var evictableCount = 0

  var nodes: [PrefixNode] = []
  /// Places in `nodes` that nothing uses.
  private var vacant: [Int] = []
  var roots: [PrefixNamespace: Int] = [:]
  var queue = EvictionQueue()
  /// Counts what happens, as a clock for the policies.
  var now = 0
  var lastStamp = 0
  /// Changes when a match found earlier may no longer be right.
  var version = 0

  /// A tree that knows nothing.
  package init(pageSize: Int, policy: EvictionPolicy = .leastRecentlyUsed) {
    precondition(pageSize > 0)
    self.pageSize = pageSize
    self.policy = policy
  }

  /// Nodes, the namespaces' roots included.
  package var nodeCount: Int { nodes.count - vacant.count }

  /// Entries of the eviction queue, of which there are at most some per node.
  package var queuedCount: Int { queue.count }
}

extension PrefixTree {
  /// Puts a node into a vacant place.
  mutating func add(_ node: PrefixNode) -> Int {
    if let place = vacant.popLast() {
      nodes[place] = node
      return place
    }
    nodes.append(node)
    return nodes.count - 1
  }

  /// Makes a node's place vacant.
  mutating func recycle(_ node: Int) {
    nodes[node].stamp = 0
    nodes[node].tokens = []
    nodes[node].children = []
    vacant.append(node)
  }

  /// The root of a namespace, made when there is none.
  mutating func root(of namespace: PrefixNamespace) -> Int {
    if let root = roots[namespace] { return root }
    let root = add(PrefixNode(tokens: [], pages: [], parent: nil, namespace: namespace, birth: now, priority: 0))
    roots[namespace] = root
    return root
  }

  /// Where among a node's children tokens are or would be: the number of children that come before them.
  func childPlace(_ node: Int, _ tokens: ArraySlice<Int>) -> Int {
    let children = nodes[node].children
    var low = 0
    var high = children.count
    while low < high {
      let middle = (low + high) / 2
      if nodes[children[middle]].tokens.prefix(pageSize).lexicographicallyPrecedes(tokens) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low
  }

  /// The child that begins with the first page of the tokens.
  func child(_ node: Int, beginningWith tokens: ArraySlice<Int>) -> Int? {
    let page = tokens.prefix(pageSize)
    let place = childPlace(node, page)
    guard page.count == pageSize, place < nodes[node].children.count else { return nil }
    let child = nodes[node].children[place]
    return nodes[child].tokens.prefix(pageSize) == page ? child : nil
  }
}
