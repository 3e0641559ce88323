extension HullChain {
  /// The first broken invariant, in words.
  func invariantViolation() -> String? {
    if let violation = tree.invariantViolation() { return violation }
    var owners = Set(freeEdges)
    if owners.count != freeEdges.count { return "an edge's place is free twice" }
    var points: [SIMD2<Double>] = []
    var cursor = tree.first
    while let place = cursor {
      points.append(tree.point(at: place))
      cursor = tree.successor(of: place)
      let edge = tree.payloads[place.index].edge
      if edge < 0 { continue }
      if cursor == nil { return "the last vertex begins an edge" }
      if Int(edge) >= edges.count || !owners.insert(edge).inserted { return "edge \(edge) is not its vertex's own" }
    }
    if owners.count != edges.count { return "\(edges.count - owners.count) edges are lost" }
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
