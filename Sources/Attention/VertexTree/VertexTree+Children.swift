extension VertexTree {
  /// Makes `child` the right sibling of `sibling`. Both are leaves when `level` is 0, else inner nodes of level `level` − 1.
  ///
  /// The separators of `child` are those of its own first child, or 0 for a leaf: the caller refreshes them.
  mutating func insertChild(_ child: Int32, after sibling: Int32, level: Int) {
    var parent = parent(of: sibling, level: level)
    if parent == Self.none { parent = makeRoot(over: sibling, level: level) }
    var index = index(of: sibling, in: parent) + 1
    if nodes[Int(parent)].count == Int32(Self.fanOut) {
      (parent, index) = splitNode(parent, index: index, level: level)
    }
    let start = Int(parent) * Self.fanOut
    moveChildren(index..<start + Int(nodes[Int(parent)].count), to: index + 1)
    nodes[Int(parent)].count += 1
    children[index] = child
    let first = Int(child) * Self.fanOut
    separatorXs[index] = level == 0 ? 0 : separatorXs[first]
    separatorSlopes[index] = level == 0 ? 0 : separatorSlopes[first]
    setParent(of: child, level: level, to: parent)
  }

  /// Takes `child` out of the inner nodes above it, and out of use those that hold nothing then.
  mutating func removeChild(_ child: Int32, level: Int) {
    let parent = parent(of: child, level: level)
    if parent == Self.none { return }
    let index = index(of: child, in: parent)
    moveChildren(index + 1..<Int(parent) * Self.fanOut + Int(nodes[Int(parent)].count), to: index)
    nodes[Int(parent)].count -= 1
    if nodes[Int(parent)].count == 0 {
      removeChild(parent, level: level + 1)
      freeNodes.append(parent)
    }
  }

  /// Drops inner nodes at the top that have a single child.
  mutating func lowerRoot() {
    while height > 0, nodes[Int(root)].count == 1 {
      freeNodes.append(root)
      root = children[Int(root) * Self.fanOut]
      height -= 1
      setParent(of: root, level: height, to: Self.none)
    }
  }

  private func parent(of child: Int32, level: Int) -> Int32 {
    level == 0 ? leaves[Int(child)].parent : nodes[Int(child)].parent
  }

  private mutating func setParent(of child: Int32, level: Int, to parent: Int32) {
    if level == 0 { leaves[Int(child)].parent = parent } else { nodes[Int(child)].parent = parent }
  }

  /// A new root with one child, the old root.
  private mutating func makeRoot(over child: Int32, level: Int) -> Int32 {
    let node = takeNode()
    children[Int(node) * Self.fanOut] = child
    nodes[Int(node)].count = 1
    setParent(of: child, level: level, to: node)
    root = node
    height += 1
    return node
  }

  /// Splits a full inner node, and returns the node and index where `index` is now. A node that grows at its end stays full.
  private mutating func splitNode(
    _ left: Int32, index: Int, level: Int
  ) -> (node: Int32, index: Int) {
    let slot = index - Int(left) * Self.fanOut
    let kept = slot == Self.fanOut ? Self.fanOut : Self.fanOut / 2
    let right = takeNode()
    let start = Int(right) * Self.fanOut
    moveChildren(Int(left) * Self.fanOut + kept..<(Int(left) + 1) * Self.fanOut, to: start)
    nodes[Int(left)].count = Int32(kept)
    nodes[Int(right)].count = Int32(Self.fanOut - kept)
    for index in start..<start + Self.fanOut - kept {
      setParent(of: children[index], level: level, to: right)
    }
    insertChild(right, after: left, level: level + 1)
    return slot > kept || kept == Self.fanOut ? (right, start + slot - kept) : (left, index)
  }

  private mutating func moveChildren(_ range: Range<Int>, to destination: Int) {
    children.moveElements(range, to: destination)
    separatorXs.moveElements(range, to: destination)
    separatorSlopes.moveElements(range, to: destination)
  }

  /// An inner node without children.
  private mutating func takeNode() -> Int32 {
    if let node = freeNodes.popLast() {
      nodes[Int(node)] = InnerNode()
      return node
    }
    let node = Int32(nodes.count)
    nodes.append(InnerNode())
    children.append(contentsOf: repeatElement(Self.none, count: Self.fanOut))
    separatorXs.append(contentsOf: repeatElement(0, count: Self.fanOut))
    separatorSlopes.append(contentsOf: repeatElement(0, count: Self.fanOut))
    return node
  }
}
