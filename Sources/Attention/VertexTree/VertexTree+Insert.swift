extension VertexTree {
  /// Inserts a vertex to the right of `cursor`, or before all others when that is nil. The caller sees to the order.
  mutating func insert(
    _ point: SIMD2<Double>, _ payload: VertexPayload, after cursor: Cursor?
  ) -> Cursor {
    let place: Cursor
    if let cursor {
      place = makeRoom(at: Cursor(leaf: cursor.leaf, slot: cursor.slot + 1))
    } else if count > 0 {
      place = makeRoom(at: Cursor(leaf: firstLeaf, slot: 0))
    } else {
      place = makeRoot()
    }
    openSlot(at: place)
    xs[place.index] = point.x
    ys[place.index] = point.y
    payloads[place.index] = payload
    count += 1
    refreshSeparators(around: place)
    return place
  }

  /// Moves the vertex at `cursor` and replaces what it carries. The caller sees to the order.
  mutating func replace(
    at cursor: Cursor, _ point: SIMD2<Double>, _ payload: VertexPayload
  ) {
    xs[cursor.index] = point.x
    ys[cursor.index] = point.y
    payloads[cursor.index] = payload
    refreshSeparators(around: cursor)
  }

  private mutating func makeRoot() -> Cursor {
    let leaf = takeLeaf()
    root = leaf
    firstLeaf = leaf
    lastLeaf = leaf
    return Cursor(leaf: leaf, slot: 0)
  }

  /// Shifts the vertices from `cursor` on by one within their leaf, which has room.
  private mutating func openSlot(at cursor: Cursor) {
    let tail = cursor.index..<Int(cursor.leaf) * Self.leafCapacity + Int(leaves[Int(cursor.leaf)].count)
    leaves[Int(cursor.leaf)].count += 1
    if tail.isEmpty { return }
    xs.moveElements(tail, to: tail.lowerBound + 1)
    ys.moveElements(tail, to: tail.lowerBound + 1)
    payloads.moveElements(tail, to: tail.lowerBound + 1)
  }

  /// Splits the leaf of `cursor` if it is full, and returns where that place is now.
  @inline(__always)
  private mutating func makeRoom(at cursor: Cursor) -> Cursor {
    if leaves[Int(cursor.leaf)].count < Int32(Self.leafCapacity) { return cursor }
    return split(at: cursor)
  }

  /// Splits a full leaf in two. At either end of the chain the split leaves the full half full: chains that grow
  /// at their ends, as positions make them, waste no room.
  @inline(never)
  private mutating func split(at cursor: Cursor) -> Cursor {
    let left = cursor.leaf
    let capacity = Int32(Self.leafCapacity)
    let kept: Int32
    if left == lastLeaf, cursor.slot == capacity {
      kept = capacity
    } else if left == firstLeaf, cursor.slot == 0 {
      kept = 0
    } else {
      kept = capacity / 2
    }
    let right = takeLeaf()
    let tail = Int(left) * Self.leafCapacity + Int(kept)..<Int(left + 1) * Self.leafCapacity
    let start = Int(right) * Self.leafCapacity
    xs.moveElements(tail, to: start)
    ys.moveElements(tail, to: start)
    payloads.moveElements(tail, to: start)
    leaves[Int(left)].count = kept
    leaves[Int(right)].count = capacity - kept
    link(right, after: left)
    insertChild(right, after: left, level: 0)
    // An empty half has no first vertex yet: the insertion that caused the split brings its separator.
    if kept > 0, kept < capacity { refreshSeparator(of: right) }
    if cursor.slot > kept || kept == capacity { return Cursor(leaf: right, slot: cursor.slot - kept) }
    return cursor
  }

  private mutating func link(_ leaf: Int32, after previous: Int32) {
    let next = leaves[Int(previous)].next
    leaves[Int(leaf)].previous = previous
    leaves[Int(leaf)].next = next
    leaves[Int(previous)].next = leaf
    if next == Self.none { lastLeaf = leaf } else { leaves[Int(next)].previous = leaf }
  }

  /// An empty leaf without neighbours.
  private mutating func takeLeaf() -> Int32 {
    if let leaf = freeLeaves.popLast() {
      leaves[Int(leaf)] = Leaf()
      return leaf
    }
    let leaf = Int32(leaves.count)
    leaves.append(Leaf())
    let filler = VertexPayload(values: TiedValues(value: .zero, position: 0, rule: .latest))
    xs.append(contentsOf: repeatElement(0, count: Self.leafCapacity))
    ys.append(contentsOf: repeatElement(0, count: Self.leafCapacity))
    payloads.append(contentsOf: repeatElement(filler, count: Self.leafCapacity))
    return leaf
  }
}

extension Array {
  /// Copies the elements of `range` to the places from `destination` on; the two may overlap.
  @inline(__always)
  mutating func moveElements(_ range: Range<Int>, to destination: Int) {
    precondition(range.upperBound <= count && destination + range.count <= count)
    withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      (base + destination).update(from: base + range.lowerBound, count: range.count)
    }
  }
}
