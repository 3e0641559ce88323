extension HullChain {
  /// Rebuilds the chain in the room that it needs: the memory stays linear in the number of vertices.
  mutating func compact() {
    var compacted = HullChain(tieRule: tieRule)
    var cursor = tree.first
    while let place = cursor {
      let copy = compacted.tree.insert(
        tree.point(at: place), tree.values(at: place).pointee, after: compacted.tree.last)
      if let inside = edgeValues(at: place) { compacted.mergeEdgeValues(inside, at: copy) }
      cursor = tree.successor(of: place)
    }
    self = compacted
  }
}
