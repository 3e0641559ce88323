extension HullChain {
  /// Takes in a point.
  ///
  /// - Complexity: O(log n) amortised for n vertices; O(1) amortised right of all others.
  mutating func insert(_ point: SIMD2<Double>, _ values: TiedValues) {
    tree.makeUnique()
    lastPlace = place(point, values)
    if tree.isSparse { compact() }
  }

  /// Takes in the point of the last insertion once more.
  @inline(__always)
  mutating func insertAgain(_ point: SIMD2<Double>, _ values: TiedValues) {
    tree.makeUnique()
    switch lastPlace {
    case .hidden: break
    case .vertex(let cursor): tree.values(at: cursor).pointee.merge(values, rule: tieRule)
    case .edge(let cursor): mergeEdgeValues(values, at: cursor)
    case .unknown: insert(point, values)
    }
  }

  @inline(__always)
  private mutating func place(_ point: SIMD2<Double>, _ values: TiedValues) -> Place {
    if let last = tree.last, point.x <= tree.point(at: last).x { return placeInside(point, values) }
    let left = absorbLeft(from: tree.last, of: point)
    let cursor = tree.insert(point, values, after: left.cursor)
    return join(cursor, left, nil)
  }

  /// Places a point that is not right of all vertices.
  private mutating func placeInside(_ point: SIMD2<Double>, _ values: TiedValues) -> Place {
    guard let floor = tree.floor(point.x) else {
      let inside = absorbRight(after: nil, of: point)
      let cursor = tree.insert(point, values, after: nil)
      return join(cursor, (nil, nil), inside)
    }
    let neighbour = tree.point(at: floor)
    if neighbour.x == point.x { return place(point, values, at: floor, neighbour) }
    guard let next = tree.successor(of: floor) else { return .hidden }
    switch ExactGeometry.orientation(neighbour, point, tree.point(at: next)) {
    case .positive:
      return .hidden
    case .zero:
      mergeEdgeValues(values, at: floor)
      return .edge(floor)
    case .negative:
      _ = takeEdgeValues(at: floor)
      let inside = absorbRight(after: floor, of: point)
      let left = absorbLeft(from: floor, of: point)
      let cursor = tree.insert(point, values, after: left.cursor)
      return join(cursor, left, inside)
    }
  }

  /// Places a point straight above, below or at the vertex at `cursor`.
  private mutating func place(
    _ point: SIMD2<Double>, _ values: TiedValues, at cursor: VertexTree.Cursor, _ vertex: SIMD2<Double>
  ) -> Place {
    if point.y < vertex.y { return .hidden }
    if point.y == vertex.y {
      tree.values(at: cursor).pointee.merge(values, rule: tieRule)
      return .vertex(cursor)
    }
    let previous = tree.predecessor(of: cursor)
    _ = takeEdgeValues(at: cursor)
    if let previous { _ = takeEdgeValues(at: previous) }
    let inside = absorbRight(after: cursor, of: point)
    let left = absorbLeft(from: previous, of: point)
    // The removal of vertices to the left may have moved the vertex.
    guard let raised = left.cursor.map(tree.successor) ?? tree.first else { return .unknown }
    tree.set(at: raised, point, values)
    return join(raised, left, inside)
  }

  /// Gives the edges at a new vertex the values strictly inside them.
  @inline(__always)
  private mutating func join(
    _ cursor: VertexTree.Cursor, _ left: (cursor: VertexTree.Cursor?, inside: TiedValues?), _ right: TiedValues?
  ) -> Place {
    if let right { mergeEdgeValues(right, at: cursor) }
    if let inside = left.inside, let previous = left.cursor { mergeEdgeValues(inside, at: previous) }
    return .vertex(cursor)
  }
}
