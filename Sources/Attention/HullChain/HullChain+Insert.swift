extension HullChain {
  /// Takes in a point.
  ///
  /// - Complexity: O(log n) amortised for n vertices; O(1) amortised right of all others.
  mutating func insert(_ point: SIMD2<Double>, _ values: TiedValues) {
    lastPlace = place(point, values)
    if tree.isSparse { compact() }
  }

  /// Takes in the point of the last insertion once more.
  @inline(__always)
  mutating func insertAgain(_ point: SIMD2<Double>, _ values: TiedValues) {
    switch lastPlace {
    case .hidden: break
    case .vertex(let cursor): tree.payloads[cursor.index].values.merge(values, rule: tieRule)
    case .edge(let cursor): mergeEdgeValues(values, at: cursor)
    case .unknown: insert(point, values)
    }
  }

  private mutating func place(_ point: SIMD2<Double>, _ values: TiedValues) -> Place {
    let payload = VertexPayload(values: values)
    guard let last = tree.last else {
      return .vertex(tree.insert(point, payload, after: nil))
    }
    if point.x > tree.xs[last.index] {
      return .vertex(absorbLeft(of: tree.insert(point, payload, after: last)))
    }
    guard let floor = tree.floor(point.x) else {
      let cursor = tree.insert(point, payload, after: nil)
      absorbRight(of: cursor)
      return .vertex(cursor)
    }
    let neighbour = tree.point(at: floor)
    if neighbour.x == point.x { return place(point, payload, at: floor, neighbour) }
    guard let next = tree.successor(of: floor) else { return .hidden }
    switch ExactGeometry.orientation(neighbour, point, tree.point(at: next)) {
    case .positive:
      return .hidden
    case .zero:
      mergeEdgeValues(values, at: floor)
      return .edge(floor)
    case .negative:
      _ = takeEdgeValues(at: floor)
      return .vertex(absorb(around: tree.insert(point, payload, after: floor)))
    }
  }

  /// Places a point straight above, below or at the vertex at `cursor`.
  private mutating func place(
    _ point: SIMD2<Double>, _ payload: VertexPayload, at cursor: VertexTree.Cursor,
    _ vertex: SIMD2<Double>
  ) -> Place {
    if point.y < vertex.y { return .hidden }
    if point.y == vertex.y {
      tree.payloads[cursor.index].values.merge(payload.values, rule: tieRule)
      return .vertex(cursor)
    }
    _ = takeEdgeValues(at: cursor)
    if let previous = tree.predecessor(of: cursor) { _ = takeEdgeValues(at: previous) }
    tree.replace(at: cursor, point, payload)
    return .vertex(absorb(around: cursor))
  }

  private mutating func absorb(around cursor: VertexTree.Cursor) -> VertexTree.Cursor {
    absorbRight(of: cursor)
    return absorbLeft(of: cursor)
  }

  /// Removes the vertices right of a new one that are no longer vertices. The edge that begins at the new one has no values
  /// inside.
  private mutating func absorbRight(of cursor: VertexTree.Cursor) {
    let point = tree.point(at: cursor)
    var inside: TiedValues?
    while let next = tree.successor(of: cursor), let beyond = tree.successor(of: next) {
      let turn = ExactGeometry.orientation(point, tree.point(at: next), tree.point(at: beyond))
      if turn == .negative { break }
      let edge = takeEdgeValues(at: next)
      inside = turn == .zero ? combined(inside, tree.payloads[next.index].values, edge) : nil
      tree.remove(at: next)
    }
    if let inside { mergeEdgeValues(inside, at: cursor) }
  }

  /// Removes the vertices left of a new one that are no longer vertices, and returns where the new one is then. The
  /// edge that ends at the new one has no values inside.
  private mutating func absorbLeft(of cursor: VertexTree.Cursor) -> VertexTree.Cursor {
    var cursor = cursor
    let point = tree.point(at: cursor)
    var inside: TiedValues?
    while let previous = tree.predecessor(of: cursor), let beyond = tree.predecessor(of: previous) {
      let turn = ExactGeometry.orientation(tree.point(at: beyond), tree.point(at: previous), point)
      if turn == .negative { break }
      let edge = takeEdgeValues(at: beyond)
      inside = turn == .zero ? combined(inside, tree.payloads[previous.index].values, edge) : nil
      tree.remove(at: previous)
      if previous.leaf == cursor.leaf { cursor.slot -= 1 }
    }
    if let inside, let previous = tree.predecessor(of: cursor) { mergeEdgeValues(inside, at: previous) }
    return cursor
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

  /// Rebuilds the chain in the room that it needs: the memory stays linear in the number of vertices.
  private mutating func compact() {
    var compacted = HullChain(tieRule: tieRule)
    var cursor = tree.first
    while let place = cursor {
      let payload = VertexPayload(values: tree.payloads[place.index].values)
      let copy = compacted.tree.insert(tree.point(at: place), payload, after: compacted.tree.last)
      if let inside = edgeValues(at: place) { compacted.mergeEdgeValues(inside, at: copy) }
      cursor = tree.successor(of: place)
    }
    self = compacted
  }
}
