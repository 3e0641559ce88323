extension HullChain {
  /// The values strictly inside the edge that begins at `cursor`.
  @inline(__always)
  func edgeValues(at cursor: VertexTree.Cursor) -> TiedValues? {
    let edge = tree.edge(at: cursor).pointee
    return edge < 0 ? nil : edges[edge]
  }

  /// Forgets and returns the values strictly inside the edge that begins at `cursor`.
  @inline(__always)
  mutating func takeEdgeValues(at cursor: VertexTree.Cursor) -> TiedValues? {
    let edge = tree.edge(at: cursor).pointee
    if edge < 0 { return nil }
    tree.edge(at: cursor).pointee = -1
    return edges.remove(at: edge)
  }

  /// Adds values strictly inside the edge that begins at `cursor`.
  mutating func mergeEdgeValues(_ values: TiedValues, at cursor: VertexTree.Cursor) {
    let edge = tree.edge(at: cursor).pointee
    if edge < 0 {
      tree.edge(at: cursor).pointee = edges.insert(values)
    } else {
      edges[edge].merge(values, rule: tieRule)
    }
  }
}
