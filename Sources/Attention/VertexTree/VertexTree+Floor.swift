extension VertexTree {
  /// The last vertex whose first coordinate is at most `x`; nil if there is none.
  @inline(__always)
  func floor(_ x: Double) -> Cursor? {
    if count == 0 { return nil }
    var block = root
    for _ in 0..<height {
      let node = node(block)
      // The first child takes everything that the others do not.
      let xs = node.xs + 1
      block = node.children[prefixLength(node.count - 1) { xs[$0] <= x }]
    }
    let leaf = leaf(block)
    let preceding = prefixLength(leaf.count) { leaf.xs[$0] <= x }
    return preceding == 0 ? nil : Cursor(leaf: block, slot: preceding - 1)
  }
}
