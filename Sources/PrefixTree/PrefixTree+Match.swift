package import PagedCache

/// The longest beginning of some tokens that a tree knows.
package struct PrefixMatch: Sendable {
  /// A page whose first tokens are those that come next, but not all of them.
  package struct PartialPage: Hashable, Sendable {
    package var page: PageID
    /// The tokens that match, at least one and fewer than a page.
    package var tokenCount: Int
    /// Pages that holding this one would keep from being evicted.
    package var evictableCount: Int
    let node: Int
  }

  /// The pages that match whole.
  package internal(set) var pages: [PageID] = []
  /// The page after those that matches in part.
  package internal(set) var partial: PartialPage?
  /// Pages among `pages` that could be evicted as long as nobody locks them.
  package internal(set) var evictableCount = 0
  /// The last node, and how many of its pages match.
  var end: (node: Int, pageCount: Int)?
  /// Of the tree in which this was found.
  var version: Int
}

extension PrefixTree {
  /// Looks tokens up.
  ///
  /// - Parameter path: where the tokens begin; nil for the namespace's beginning.
  package func match(
    _ tokens: ArraySlice<Int>, in namespace: PrefixNamespace, below path: PrefixPath? = nil
  ) -> PrefixMatch {
    var match = PrefixMatch(version: version)
    guard var node = path?.node ?? roots[namespace] else { return match }
    var rest = tokens
    while let child = child(node, beginningWith: rest) {
      let count = commonPrefixLength(nodes[child].tokens[...], rest) / pageSize
      match.pages += nodes[child].pages.prefix(count)
      match.evictableCount += nodes[child].locks == 0 ? count : 0
      match.end = (child, count)
      rest = rest.dropFirst(count * pageSize)
      if count < nodes[child].pages.count {
        match.partial = partialPage(child, after: count, rest)
        return match
      }
      node = child
    }
    match.partial = partialChild(node, rest)
    return match
  }

  /// The part of a node's next page that matches.
  private func partialPage(_ node: Int, after count: Int, _ rest: ArraySlice<Int>) -> PrefixMatch.PartialPage? {
    let length = commonPrefixLength(nodes[node].tokens.dropFirst(count * pageSize).prefix(pageSize), rest)
    guard length > 0 else { return nil }
    return PrefixMatch.PartialPage(
      page: nodes[node].pages[count], tokenCount: length,
      evictableCount: nodes[node].locks == 0 ? nodes[node].pages.count - count : 0, node: node)
  }

  /// The child whose first page matches furthest: a neighbour of where the tokens would be, as children are in order.
  private func partialChild(_ node: Int, _ rest: ArraySlice<Int>) -> PrefixMatch.PartialPage? {
    let children = nodes[node].children
    let place = childPlace(node, rest.prefix(pageSize))
    let neighbours = children[max(place - 1, 0)..<min(place + 1, children.count)]
    return neighbours.compactMap { partialPage($0, after: 0, rest) }.max { $0.tokenCount < $1.tokenCount }
  }
}

/// How many first elements two slices have in common.
private func commonPrefixLength(_ one: ArraySlice<Int>, _ other: ArraySlice<Int>) -> Int {
  one.withUnsafeBufferPointer { one in
    other.withUnsafeBufferPointer { other in
      let count = min(one.count, other.count)
      var length = 0
      while length < count, one[length] == other[length] { length += 1 }
      return length
    }
  }
}
