extension HullChain {
  /// The first broken invariant, in words.
  func invariantViolation() -> String? {
    if let violation = tree.invariantViolation() { return violation }
    var owners = Set<Int32>()
    var points: [SIMD2<Double>] = []
    var cursor = tree.first
    while let place = cursor {
      points.append(tree.point(at: place))
      cursor = tree.successor(of: place)
      let edge = tree.edge(at: place).pointee
      if edge < 0 { continue }
      if cursor == nil { return "the last vertex begins an edge" }
      if !edges.isInUse(edge) || !owners.insert(edge).inserted { return "edge \(edge) is not its vertex's own" }
    }
    if owners.count != edges.count { return "\(edges.count) edges have values inside, \(owners.count) are known" }
    for (left, right) in zip(points, points.dropFirst()) where left.x >= right.x {
      return "\(left) is not left of \(right)"
    }
    for (index, point) in points.enumerated().dropFirst(2) {
      let left = points[index - 2]
      let middle = points[index - 1]
      if ExactGeometry.orientation(left, middle, point) != .negative {
        return "no right turn at \(left), \(middle), \(point)"
      }
    }
    return nil
  }
}
