extension VertexTree {
  /// Makes `child` the right sibling of `sibling`. Both are leaves when `level` is 0, else inner nodes of that level.
  ///
  /// The caller refreshes the separators of leaves.
  mutating func insertChild(_ child: Block, after sibling: Block, level: Int) {
    var parent = parent(of: sibling, level: level)
    if parent == Block.none { parent = makeRoot(over: sibling, level: level) }
    var slot = node(parent).slot(of: sibling) + 1
    if node(parent).count == InnerNode.capacity {
      (parent, slot) = splitNode(parent, slot: slot, level: level)
    }
    let node = node(parent)
    node.moveChildren(slot..<node.count, to: node, slot: slot + 1)
    node.header.pointee.count += 1
    setChild(child, at: slot, of: parent, level: level)
  }

  /// Takes `child` out of the node above it, and that node, if nothing is left in it, out of the one above, and so on.
  mutating func removeChild(_ child: Block, level: Int) {
    let parent = parent(of: child, level: level)
    if parent == Block.none { return }
    let node = node(parent)
    let slot = node.slot(of: child)
    node.moveChildren(slot + 1..<node.count, to: node, slot: slot)
    node.header.pointee.count -= 1
    if node.count == 0 {
      removeChild(parent, level: level + 1)
      freeBlock(parent)
    }
  }

  /// Drops inner nodes at the top that have a single child.
  mutating func lowerRoot() {
    while height > 0, node(root).count == 1 {
      let child = node(root).children[0]
      freeBlock(root)
      root = child
      height -= 1
      setParent(of: root, level: height, to: Block.none)
    }
  }

  /// Writes a child and its separators to a slot, the separators of an inner node being those of its own first child.
  private mutating func setChild(_ child: Block, at slot: Int, of parent: Block, level: Int) {
    let node = node(parent)
    node.children[slot] = child
    node.xs[slot] = level == 0 ? 0 : self.node(child).xs[0]
    node.slopes[slot] = level == 0 ? 0 : self.node(child).slopes[0]
    setParent(of: child, level: level, to: parent)
  }

  private func parent(of child: Block, level: Int) -> Block {
    level == 0 ? leaf(child).header.pointee.parent : node(child).header.pointee.parent
  }

  private mutating func setParent(of child: Block, level: Int, to parent: Block) {
    if level == 0 {
      leaf(child).header.pointee.parent = parent
    } else {
      node(child).header.pointee.parent = parent
    }
  }

  /// A new root with one child, the old root.
  private mutating func makeRoot(over child: Block, level: Int) -> Block {
    let block = takeNode()
    node(block).header.pointee.count = 1
    setChild(child, at: 0, of: block, level: level)
    root = block
    height += 1
    return block
  }

  /// Splits a full inner node, and returns the node and slot where `slot` is now. A node that grows at its end stays
  /// full.
  private mutating func splitNode(_ left: Block, slot: Int, level: Int) -> (node: Block, slot: Int) {
    let kept = slot == InnerNode.capacity ? InnerNode.capacity : InnerNode.capacity / 2
    let right = takeNode()
    node(left).moveChildren(kept..<InnerNode.capacity, to: node(right), slot: 0)
    node(left).header.pointee.count = Int32(kept)
    node(right).header.pointee.count = Int32(InnerNode.capacity - kept)
    for slot in 0..<InnerNode.capacity - kept {
      setParent(of: node(right).children[slot], level: level, to: right)
    }
    insertChild(right, after: left, level: level + 1)
    return slot > kept || kept == InnerNode.capacity ? (right, slot - kept) : (left, slot)
  }

  /// An inner node without children.
  private mutating func takeNode() -> Block {
    let block = takeBlock()
    node(block).header.initialize(to: InnerNode.Header())
    return block
  }
}
