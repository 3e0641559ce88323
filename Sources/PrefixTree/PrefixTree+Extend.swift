package import PagedCache

extension PrefixTree {
  /// What became of pages that were given to a tree.
  package struct Extension: Sendable {
    /// The holder's path to the end of the tokens.
    package var path: PrefixPath?
    /// The pages that the tree has for the first tokens, whose own ones it did not take.
    package var known: [PageID]
  }

  /// Adds whole pages below a holder's path, and moves the holder to their end.
  ///
  /// What the tree knows already, because somebody else computed the same, stays as it is.
  ///
  /// - Parameters:
  ///   - tokens: as many as the pages hold.
  ///   - path: what the holder has locked; nil for nothing.
  package mutating func extend(
    _ path: PrefixPath?, in namespace: PrefixNamespace, with tokens: ArraySlice<Int>, _ pages: ArraySlice<PageID>,
    priority: Int = 0
  ) -> Extension {
    precondition(tokens.count == pages.count * pageSize, "a tree takes whole pages")
    let match = match(tokens, in: namespace, below: path)
    let known = match.pages.count
    let path = advance(path, to: match, priority: priority)
    let rest = pages.dropFirst(known)
    guard !rest.isEmpty else { return Extension(path: path, known: match.pages) }
    version += 1
    pageCount += rest.count
    let end = append(
      tokens.dropFirst(known * pageSize), rest, to: path?.node ?? root(of: namespace), namespace, priority)
    return Extension(path: PrefixPath(node: end), known: match.pages)
  }

  /// Adds pages that the tree does not know after a node, which the holder has locked unless it is a root.
  private mutating func append(
    _ tokens: ArraySlice<Int>, _ pages: ArraySlice<PageID>, to parent: Int, _ namespace: PrefixNamespace,
    _ priority: Int
  ) -> Int {
    // Where the holder is alone, the leaf itself grows, as it does while a text is generated.
    if nodes[parent].parent != nil, nodes[parent].children.isEmpty, nodes[parent].locks == 1 {
      nodes[parent].tokens += tokens
      nodes[parent].pages += pages
      nodes[parent].priority = max(nodes[parent].priority, priority)
      return parent
    }
    now += 1
    var child = PrefixNode(
      tokens: Array(tokens), pages: Array(pages), parent: parent, namespace: namespace, birth: now, priority: priority)
    (child.locks, child.uses, child.lastUse) = (1, 1, now)
    let place = childPlace(parent, tokens.prefix(pageSize))
    let node = add(child)
    nodes[parent].children.insert(node, at: place)
    return node
  }
}
