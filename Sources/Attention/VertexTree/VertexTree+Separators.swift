extension VertexTree {
  /// What the inner nodes say about the first vertex of a leaf.
  func separator(of block: Block) -> (x: Double, slope: Double) {
    let first = Cursor(leaf: block, slot: 0)
    let point = point(at: first)
    guard let previous = predecessor(of: first) else { return (point.x, .infinity) }
    // Halves cannot overflow when they are subtracted.
    let step = 0.5 * point - 0.5 * self.point(at: previous)
    return (point.x, step.y / step.x)
  }

  /// Brings the separators of a leaf up to date in every inner node that has them.
  mutating func refreshSeparator(of block: Block) {
    if height == 0 { return }
    let (x, slope) = separator(of: block)
    var child = block
    var parent = leaf(block).header.pointee.parent
    while parent != Block.none {
      let node = node(parent)
      let slot = node.slot(of: child)
      node.xs[slot] = x
      node.slopes[slot] = slope
      if slot > 0 { return }
      child = parent
      parent = node.header.pointee.parent
    }
  }

  /// Brings the separators up to date that depend on the vertex at `cursor`: its leaf's if it is the first there, the
  /// next leaf's if it is the last, or was.
  @inline(__always)
  mutating func refreshSeparators(around cursor: Cursor) {
    if height == 0 { return }
    if cursor.slot == 0 { refreshSeparator(of: cursor.leaf) }
    let header = leaf(cursor.leaf).header.pointee
    if cursor.slot + 1 >= header.count, header.next != Block.none { refreshSeparator(of: header.next) }
  }
}
