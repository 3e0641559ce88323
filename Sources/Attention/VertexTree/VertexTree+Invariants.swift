extension VertexTree {
  /// The first broken invariant, in words.
  func invariantViolation() -> String? {
    if count == 0 { return height == 0 ? nil : "an empty tree of height \(height)" }
    if isSparse { return "\(count) vertices in \(leaves.count) leaves" }
    var found: [Int32] = []
    if let violation = violation(below: root, parent: Self.none, level: height, leaves: &found) {
      return violation
    }
    if found.first != firstLeaf || found.last != lastLeaf { return "the outermost leaves are not known" }
    var previous = Self.none
    for leaf in found {
      let links = leaves[Int(leaf)]
      if links.previous != previous { return "leaf \(leaf) does not follow \(previous)" }
      if previous != Self.none, leaves[Int(previous)].next != leaf {
        return "leaf \(previous) does not precede \(leaf)"
      }
      previous = leaf
    }
    if leaves[Int(lastLeaf)].next != Self.none { return "a leaf follows the last" }
    let total = found.reduce(0) { $0 + Int(leaves[Int($1)].count) }
    if total != count { return "\(total) vertices instead of \(count)" }
    if found.count + freeLeaves.count != leaves.count { return "a leaf is lost" }
    return nil
  }

  /// Checks what hangs below a node `level` levels above the leaves, and collects the leaves in order.
  private func violation(
    below node: Int32, parent: Int32, level: Int, leaves found: inout [Int32]
  ) -> String? {
    if level == 0 {
      found.append(node)
      let leaf = leaves[Int(node)]
      if leaf.parent != parent { return "leaf \(node) has the parent \(leaf.parent), not \(parent)" }
      return (1...Int32(Self.leafCapacity)).contains(leaf.count) ? nil : "\(leaf.count) vertices in leaf \(node)"
    }
    let header = nodes[Int(node)]
    if header.parent != parent { return "node \(node) has the parent \(header.parent), not \(parent)" }
    guard (1...Int32(Self.fanOut)).contains(header.count) else { return "\(header.count) children of node \(node)" }
    for index in Int(node) * Self.fanOut..<Int(node) * Self.fanOut + Int(header.count) {
      let firstFound = found.count
      if let violation = violation(below: children[index], parent: node, level: level - 1, leaves: &found) {
        return violation
      }
      // The first child's separators are looked at only where an ancestor copies them, so only those of later children count.
      let expected = separator(of: found[firstFound])
      if index % Self.fanOut != 0, separatorXs[index] != expected.x || separatorSlopes[index] != expected.slope {
        return "separators (\(separatorXs[index]), \(separatorSlopes[index])) instead of \(expected) in node \(node)"
      }
    }
    return nil
  }
}
