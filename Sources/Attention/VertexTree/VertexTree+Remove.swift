extension VertexTree {
  /// Removes the vertex at `cursor`. Within the same leaf, vertices to its right move one slot to the left.
  mutating func remove(at cursor: Cursor) {
    let leaf = leaf(cursor.leaf)
    let tail = Int(cursor.slot) + 1..<leaf.count
    if !tail.isEmpty { leaf.moveVertices(tail, to: leaf, slot: Int(cursor.slot)) }
    leaf.header.pointee.count -= 1
    count -= 1
    if leaf.count > 0 {
      refreshSeparators(around: cursor)
    } else {
      removeLeaf(cursor.leaf)
    }
  }

  private mutating func removeLeaf(_ block: Block) {
    let (previous, next) = (leaf(block).header.pointee.previous, leaf(block).header.pointee.next)
    if previous == Block.none { firstLeaf = next } else { leaf(previous).header.pointee.next = next }
    if next == Block.none { lastLeaf = previous } else { leaf(next).header.pointee.previous = previous }
    removeChild(block, level: 0)
    lowerRoot()
    freeBlock(block)
    if next != Block.none { refreshSeparator(of: next) }
  }
}
