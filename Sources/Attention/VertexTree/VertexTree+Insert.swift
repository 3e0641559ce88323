extension VertexTree {
  /// Inserts a vertex to the right of `cursor`, or before all others when that is nil. The caller sees to the order.
  @inline(__always)
  mutating func insert(
    _ point: SIMD2<Double>, _ values: TiedValues, after cursor: Cursor?
  ) -> Cursor {
    let place = makeRoom(after: cursor)
    let leaf = leaf(place.leaf)
    let tail = Int(place.slot)..<leaf.count
    if !tail.isEmpty { leaf.moveVertices(tail, to: leaf, slot: tail.lowerBound + 1) }
    leaf.header.pointee.count += 1
    count += 1
    set(at: place, point, values)
    return place
  }

  /// Moves the vertex at `cursor` and replaces its values. The caller sees to the order.
  @inline(__always)
  mutating func set(at cursor: Cursor, _ point: SIMD2<Double>, _ values: TiedValues) {
    let leaf = leaf(cursor.leaf)
    let slot = Int(cursor.slot)
    leaf.xs[slot] = point.x
    leaf.ys[slot] = point.y
    leaf.values[slot] = values
    leaf.edges[slot] = -1
    refreshSeparators(around: cursor)
  }

  /// A slot to the right of `cursor` in a leaf that has room.
  @inline(__always)
  private mutating func makeRoom(after cursor: Cursor?) -> Cursor {
    if count == 0 { return makeFirstLeaf() }
    let place =
      cursor.map { Cursor(leaf: $0.leaf, slot: Int($0.slot) + 1) } ?? Cursor(leaf: firstLeaf, slot: 0)
    return leaf(place.leaf).count < Leaf.capacity ? place : split(at: place)
  }

  private mutating func makeFirstLeaf() -> Cursor {
    reserveBlocks(1)
    let block = takeLeaf()
    root = block
    firstLeaf = block
    lastLeaf = block
    return Cursor(leaf: block, slot: 0)
  }

  /// Splits the full leaf of `cursor` in two, and returns where that slot is now. At either end of the chain the full
  /// leaf stays full: chains that grow at their ends, as positions make them, waste no room.
  @inline(never)
  private mutating func split(at cursor: Cursor) -> Cursor {
    // A leaf, a node on each level, and a root.
    reserveBlocks(height + 2)
    let slot = Int(cursor.slot)
    let kept =
      if cursor.leaf == lastLeaf, slot == Leaf.capacity {
        Leaf.capacity
      } else if cursor.leaf == firstLeaf, slot == 0 {
        0
      } else {
        Leaf.capacity / 2
      }
    let right = takeLeaf()
    leaf(cursor.leaf).moveVertices(kept..<Leaf.capacity, to: leaf(right), slot: 0)
    leaf(cursor.leaf).header.pointee.count = Int32(kept)
    leaf(right).header.pointee.count = Int32(Leaf.capacity - kept)
    link(right, after: cursor.leaf)
    insertChild(right, after: cursor.leaf, level: 0)
    // An empty half has no first vertex yet: the insertion that caused the split refreshes what depends on it.
    if kept > 0 { refreshSeparator(of: cursor.leaf) }
    if kept > 0, kept < Leaf.capacity { refreshSeparator(of: right) }
    return slot > kept || kept == Leaf.capacity ? Cursor(leaf: right, slot: slot - kept) : cursor
  }

  private mutating func link(_ block: Block, after previous: Block) {
    let next = leaf(previous).header.pointee.next
    leaf(block).header.pointee.previous = previous
    leaf(block).header.pointee.next = next
    leaf(previous).header.pointee.next = block
    if next == Block.none { lastLeaf = block } else { leaf(next).header.pointee.previous = block }
  }

  /// An empty leaf without neighbours.
  private mutating func takeLeaf() -> Block {
    let block = takeBlock()
    leaf(block).header.initialize(to: Leaf.Header())
    return block
  }
}
