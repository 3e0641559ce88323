extension VertexTree {
  /// The first broken invariant, in words.
  func invariantViolation() -> String? {
    if count == 0 { return height == 0 ? nil : "an empty tree of height \(height)" }
    if isSparse { return "\(count) vertices are too few for the memory" }
    var found: [Block] = []
    if let violation = violation(below: root, parent: Block.none, level: height, leaves: &found) {
      return violation
    }
    if found.first != firstLeaf || found.last != lastLeaf { return "the outermost leaves are not known" }
    var previous = Block.none
    for block in found {
      if leaf(block).header.pointee.previous != previous { return "leaf \(block) does not follow \(previous)" }
      if previous != Block.none, leaf(previous).header.pointee.next != block {
        return "leaf \(previous) does not precede \(block)"
      }
      previous = block
    }
    if leaf(lastLeaf).header.pointee.next != Block.none { return "a leaf follows the last" }
    let total = found.reduce(0) { $0 + leaf($1).count }
    return total == count ? nil : "\(total) vertices instead of \(count)"
  }

  /// Checks what hangs below a node `level` levels above the leaves, and collects the leaves in order.
  private func violation(
    below block: Block, parent: Block, level: Int, leaves found: inout [Block]
  ) -> String? {
    if level == 0 {
      found.append(block)
      let header = leaf(block).header.pointee
      if header.parent != parent { return "leaf \(block) has the parent \(header.parent), not \(parent)" }
      return (1...Leaf.capacity).contains(leaf(block).count) ? nil : "\(header.count) vertices in leaf \(block)"
    }
    let node = node(block)
    let header = node.header.pointee
    if header.parent != parent { return "node \(block) has the parent \(header.parent), not \(parent)" }
    guard (1...InnerNode.capacity).contains(node.count) else { return "\(node.count) children of node \(block)" }
    for slot in 0..<node.count {
      let firstFound = found.count
      if let violation = violation(below: node.children[slot], parent: block, level: level - 1, leaves: &found) {
        return violation
      }
      let expected = separator(of: found[firstFound])
      let separator = (x: node.xs[slot], slope: node.slopes[slot])
      if separator != expected { return "separators \(separator) instead of \(expected) in node \(block)" }
    }
    return nil
  }
}
