extension VertexTree {
  /// Removes the vertex at `cursor`. Within the same leaf, vertices to its right move one slot to the left.
  mutating func remove(at cursor: Cursor) {
    let leaf = cursor.leaf
    let tail = cursor.index + 1..<Int(leaf) * Self.leafCapacity + Int(leaves[Int(leaf)].count)
    if !tail.isEmpty {
      xs.moveElements(tail, to: cursor.index)
      ys.moveElements(tail, to: cursor.index)
      payloads.moveElements(tail, to: cursor.index)
    }
    leaves[Int(leaf)].count -= 1
    count -= 1
    if leaves[Int(leaf)].count > 0 {
      refreshSeparators(around: cursor)
    } else if count > 0 {
      removeEmptyLeaf(leaf)
    } else {
      self = VertexTree()
    }
  }

  private mutating func removeEmptyLeaf(_ leaf: Int32) {
    let previous = leaves[Int(leaf)].previous
    let next = leaves[Int(leaf)].next
    if previous == Self.none { firstLeaf = next } else { leaves[Int(previous)].next = next }
    if next == Self.none { lastLeaf = previous } else { leaves[Int(next)].previous = previous }
    removeChild(leaf, level: 0)
    lowerRoot()
    freeLeaves.append(leaf)
    if next != Self.none { refreshSeparator(of: next) }
  }

  /// Whether so many vertices have gone that less than an eighth of the leaves' room is in use.
  @inline(__always)
  var isSparse: Bool {
    leaves.count > 8 && count < leaves.count * (Self.leafCapacity / 8)
  }
}
