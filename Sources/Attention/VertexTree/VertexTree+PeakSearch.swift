extension VertexTree {
  /// The peak by binary search with exact comparisons, for a tree that is not empty.
  @inline(never)
  func searchedPeak(_ query: SIMD2<Double>) -> Peak {
    var node = root
    for level in stride(from: height - 1, through: 0, by: -1) {
      let start = Int(node) * Self.fanOut
      let ascending = Self.lastIndex(below: Int(nodes[Int(node)].count)) { child in
        let leaf = leftmostLeaf(below: children[start + child], level: level)
        return ascends(into: Cursor(leaf: leaf, slot: 0), query)
      }
      node = children[start + ascending]
    }
    let slot = Self.lastIndex(below: Int(leaves[Int(node)].count)) { slot in
      ascends(into: Cursor(leaf: node, slot: Int32(slot)), query)
    }
    let cursor = Cursor(leaf: node, slot: Int32(slot))
    let tie = successor(of: cursor).map {
      ExactGeometry.compareScores(query, point(at: $0), point(at: cursor)) == .zero
    }
    return Peak(cursor: cursor, tiesWithNext: tie ?? false)
  }

  /// The greatest index below `bound` for which `predicate` holds, 0 if for none but 0; it holds up to some index and for none after.
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

  /// The first leaf below a child of a node `level` levels above the lowest inner one.
  private func leftmostLeaf(below child: Int32, level: Int) -> Int32 {
    var node = child
    for _ in 0..<level { node = children[Int(node) * Self.fanOut] }
    return node
  }
}
