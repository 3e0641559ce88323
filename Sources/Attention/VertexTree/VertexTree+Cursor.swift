extension VertexTree {
  /// The place of a vertex. Valid until the next insertion or removal.
  struct Cursor: Sendable, Equatable {
    var leaf: Int32
    var slot: Int32

    /// The index of the vertex in the arrays of leaves.
    @inline(__always)
    var index: Int { Int(leaf) * VertexTree.leafCapacity + Int(slot) }
  }

  /// The vertex with the least first coordinate; nil in an empty tree.
  var first: Cursor? {
    count == 0 ? nil : Cursor(leaf: firstLeaf, slot: 0)
  }

  /// The vertex with the greatest first coordinate; nil in an empty tree.
  @inline(__always)
  var last: Cursor? {
    count == 0 ? nil : lastCursor(of: lastLeaf)
  }

  /// The vertex to the right of `cursor`.
  @inline(__always)
  func successor(of cursor: Cursor) -> Cursor? {
    let leaf = leaves[Int(cursor.leaf)]
    if cursor.slot + 1 < leaf.count { return Cursor(leaf: cursor.leaf, slot: cursor.slot + 1) }
    return leaf.next == Self.none ? nil : Cursor(leaf: leaf.next, slot: 0)
  }

  /// The vertex to the left of `cursor`.
  @inline(__always)
  func predecessor(of cursor: Cursor) -> Cursor? {
    if cursor.slot > 0 { return Cursor(leaf: cursor.leaf, slot: cursor.slot - 1) }
    let previous = leaves[Int(cursor.leaf)].previous
    return previous == Self.none ? nil : lastCursor(of: previous)
  }

  /// The coordinates of the vertex at `cursor`.
  @inline(__always)
  func point(at cursor: Cursor) -> SIMD2<Double> {
    SIMD2(xs[cursor.index], ys[cursor.index])
  }

  @inline(__always)
  func lastCursor(of leaf: Int32) -> Cursor {
    Cursor(leaf: leaf, slot: leaves[Int(leaf)].count - 1)
  }
}
