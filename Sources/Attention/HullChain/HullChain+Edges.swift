extension HullChain {
  /// The values strictly inside the edge that begins at `cursor`.
  @inline(__always)
  func edgeValues(at cursor: VertexTree.Cursor) -> TiedValues? {
    let edge = tree.payloads[cursor.index].edge
    return edge < 0 ? nil : edges[Int(edge)]
  }

  /// Forgets and returns the values strictly inside the edge that begins at `cursor`.
  @inline(__always)
  mutating func takeEdgeValues(at cursor: VertexTree.Cursor) -> TiedValues? {
    let edge = tree.payloads[cursor.index].edge
    if edge < 0 { return nil }
    tree.payloads[cursor.index].edge = -1
    freeEdges.append(edge)
    return edges[Int(edge)]
  }

  /// Adds values strictly inside the edge that begins at `cursor`.
  mutating func mergeEdgeValues(_ values: TiedValues, at cursor: VertexTree.Cursor) {
    let edge = tree.payloads[cursor.index].edge
    if edge >= 0 {
      edges[Int(edge)].merge(values, rule: tieRule)
    } else if let free = freeEdges.popLast() {
      edges[Int(free)] = values
      tree.payloads[cursor.index].edge = free
    } else {
      tree.payloads[cursor.index].edge = Int32(edges.count)
      edges.append(values)
    }
  }
}
