extension HullChain {
  /// Removes vertices that a new one makes superfluous, going left from `cursor`, where the edge to the new one has no
  /// values inside yet.
  ///
  /// - Returns: The vertex that is left of the new one then, and the values strictly inside the edge between them.
  @inline(__always)
  mutating func absorbLeft(
    from cursor: VertexTree.Cursor?, of point: SIMD2<Double>
  ) -> (cursor: VertexTree.Cursor?, inside: TiedValues?) {
    var inside: TiedValues?
    guard var left = cursor else { return (nil, nil) }
    while let beyond = tree.predecessor(of: left) {
      let turn = ExactGeometry.orientation(tree.point(at: beyond), tree.point(at: left), point)
      if turn == .negative { break }
      let edge = takeEdgeValues(at: beyond)
      inside = turn == .zero ? combined(inside, tree.values(at: left).pointee, edge) : nil
      tree.remove(at: left)
      left = beyond
    }
    return (left, inside)
  }

  /// Removes vertices that a new one makes superfluous, going right from the successor of `cursor`, or from the first
  /// vertex if that is nil.
  ///
  /// - Returns: The values strictly inside the edge from the new vertex to the one that is right of it then.
  mutating func absorbRight(
    after cursor: VertexTree.Cursor?, of point: SIMD2<Double>
  ) -> TiedValues? {
    var inside: TiedValues?
    while let next = cursor.map(tree.successor) ?? tree.first, let beyond = tree.successor(of: next) {
      let turn = ExactGeometry.orientation(point, tree.point(at: next), tree.point(at: beyond))
      if turn == .negative { break }
      let edge = takeEdgeValues(at: next)
      inside = turn == .zero ? combined(inside, tree.values(at: next).pointee, edge) : nil
      tree.remove(at: next)
    }
    return inside
  }

  /// The values inside an edge that has swallowed a vertex and the edge beyond it.
  private func combined(
    _ inside: TiedValues?, _ vertex: TiedValues, _ beyond: TiedValues?
  ) -> TiedValues {
    var all = vertex
    if let inside { all.merge(inside, rule: tieRule) }
    if let beyond { all.merge(beyond, rule: tieRule) }
    return all
  }
}
