extension VertexTree {
  /// Recomputes what the inner nodes say about the first vertex of `leaf`.
  func separator(of leaf: Int32) -> (x: Double, slope: Double) {
    let first = Cursor(leaf: leaf, slot: 0)
    let point = point(at: first)
    guard let previous = predecessor(of: first) else { return (point.x, .infinity) }
    // Halves cannot overflow when they are subtracted.
    let step = 0.5 * point - 0.5 * self.point(at: previous)
    return (point.x, step.y / step.x)
  }

  /// Brings the separators of `leaf` up to date in every inner node that has them.
  mutating func refreshSeparator(of leaf: Int32) {
    if height == 0 { return }
    let (x, slope) = separator(of: leaf)
    var child = leaf
    var parent = leaves[Int(leaf)].parent
    while parent != Self.none {
      let index = self.index(of: child, in: parent)
      separatorXs[index] = x
      separatorSlopes[index] = slope
      if index % Self.fanOut != 0 { return }
      child = parent
      parent = nodes[Int(parent)].parent
    }
  }

  /// Brings the separators up to date that depend on the vertex at `cursor`: its leaf's if it is the first there, the next
  /// leaf's if it is the last.
  @inline(__always)
  mutating func refreshSeparators(around cursor: Cursor) {
    if cursor.slot == 0 { refreshSeparator(of: cursor.leaf) }
    let leaf = leaves[Int(cursor.leaf)]
    if cursor.slot + 1 >= leaf.count, leaf.next != Self.none { refreshSeparator(of: leaf.next) }
  }

  /// The index of `child` in the arrays of inner nodes.
  func index(of child: Int32, in parent: Int32) -> Int {
    var index = Int(parent) * Self.fanOut
    while children[index] != child { index += 1 }
    return index
  }
}
