extension VertexTree {
  /// The place of a vertex. Valid until the next insertion or removal.
  struct Cursor: Sendable, Equatable {
    var leaf: Block
    var slot: Int32

    @inline(__always)
    init(leaf: Block, slot: Int) {
      self.leaf = leaf
      self.slot = Int32(truncatingIfNeeded: slot)
    }
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

  /// Whether a cursor into a leaf in use, or into none, still denotes a vertex.
  @inline(__always)
  func hasVertex(at cursor: Cursor) -> Bool {
    cursor.leaf != Block.none && cursor.slot < leaf(cursor.leaf).header.pointee.count
  }

  /// The vertex to the right of `cursor`.
  @inline(__always)
  func successor(of cursor: Cursor) -> Cursor? {
    let header = leaf(cursor.leaf).header.pointee
    if cursor.slot + 1 < header.count { return Cursor(leaf: cursor.leaf, slot: Int(cursor.slot) + 1) }
    return header.next == Block.none ? nil : Cursor(leaf: header.next, slot: 0)
  }

  /// The vertex to the left of `cursor`.
  @inline(__always)
  func predecessor(of cursor: Cursor) -> Cursor? {
    if cursor.slot > 0 { return Cursor(leaf: cursor.leaf, slot: Int(cursor.slot) - 1) }
    let previous = leaf(cursor.leaf).header.pointee.previous
    return previous == Block.none ? nil : lastCursor(of: previous)
  }

  @inline(__always)
  private func lastCursor(of block: Block) -> Cursor {
    Cursor(leaf: block, slot: leaf(block).count - 1)
  }

  /// The coordinates of the vertex at `cursor`.
  @inline(__always)
  func point(at cursor: Cursor) -> SIMD2<Double> {
    let leaf = leaf(cursor.leaf)
    return SIMD2(leaf.xs[Int(cursor.slot)], leaf.ys[Int(cursor.slot)])
  }

  /// The values of all keys at the vertex at `cursor`.
  @inline(__always)
  func values(at cursor: Cursor) -> UnsafeMutablePointer<TiedValues> {
    leaf(cursor.leaf).values + Int(cursor.slot)
  }

  /// Where the chain keeps the values strictly inside the edge that begins at `cursor`, −1 if there are none.
  @inline(__always)
  func edge(at cursor: Cursor) -> UnsafeMutablePointer<Int32> {
    leaf(cursor.leaf).edges + Int(cursor.slot)
  }
}
