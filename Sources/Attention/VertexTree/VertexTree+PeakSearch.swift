extension VertexTree {
  /// The peak by binary search with exact comparisons, for a tree that is not empty.
  @inline(never)
  func searchedPeak(_ query: SIMD2<Double>) -> Peak {
    var block = root
    for level in stride(from: height - 1, through: 0, by: -1) {
      let node = node(block)
      let ascending = Self.lastIndex(below: node.count) { slot in
        ascends(into: Cursor(leaf: leftmostLeaf(below: node.children[slot], level: level), slot: 0), query)
      }
      block = node.children[ascending]
    }
    let slot = Self.lastIndex(below: leaf(block).count) { slot in
      ascends(into: Cursor(leaf: block, slot: slot), query)
    }
    let cursor = Cursor(leaf: block, slot: slot)
    let tie = successor(of: cursor).map {
      ExactGeometry.compareScores(query, point(at: $0), point(at: cursor)) == .zero
    }
    return Peak(cursor: cursor, tiesWithNext: tie ?? false)
  }

  /// The greatest index below `bound` for which `predicate` holds, which it does up to some index and not after; 0 if
  /// for none.
  private static func lastIndex(below bound: Int, where predicate: (Int) -> Bool) -> Int {
    var holding = 0
    var failing = bound
    while failing - holding > 1 {
      let middle = (holding + failing) / 2
      if predicate(middle) { holding = middle } else { failing = middle }
    }
    return holding
  }

  /// Whether the vertex at `cursor` scores higher than its left neighbour.
  private func ascends(into cursor: Cursor, _ query: SIMD2<Double>) -> Bool {
    guard let previous = predecessor(of: cursor) else { return true }
    return ExactGeometry.compareScores(query, point(at: cursor), point(at: previous)) == .positive
  }

  /// The first leaf below a child of an inner node `level` levels above the lowest inner ones.
  private func leftmostLeaf(below child: Block, level: Int) -> Block {
    var block = child
    for _ in 0..<level { block = node(block).children[0] }
    return block
  }
}
