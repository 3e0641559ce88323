extension VertexTree {
  /// The last vertex whose first coordinate is at most `x`; nil if there is none.
  func floor(_ x: Double) -> Cursor? {
    if count == 0 { return nil }
    var node = Int(root)
    if height > 0 {
      separatorXs.withUnsafeBufferPointer { separators in
        for _ in 0..<height {
          let start = node * Self.fanOut
          // The first child takes everything that the others do not.
          let tail = UnsafeBufferPointer(rebasing: separators[start + 1..<start + Int(nodes[node].count)])
          node = Int(children[start + tail.countAtMost(x)])
        }
      }
    }
    let preceding = xs.withUnsafeBufferPointer { xs in
      let start = node * Self.leafCapacity
      return UnsafeBufferPointer(rebasing: xs[start..<start + Int(leaves[node].count)]).countAtMost(x)
    }
    return preceding == 0
      ? nil : Cursor(leaf: Int32(truncatingIfNeeded: node), slot: Int32(truncatingIfNeeded: preceding - 1))
  }
}

extension UnsafeBufferPointer<Double> {
  /// How many elements are at most `limit`. Looks at all of them, which is faster than a search for a few dozen: there is
  /// no branch to mispredict.
  @inline(__always)
  func countAtMost(_ limit: Double) -> Int {
    var matches = 0
    for element in self { matches &+= element <= limit ? 1 : 0 }
    return matches
  }

  /// How many elements are above `limit`.
  @inline(__always)
  func countAbove(_ limit: Double) -> Int {
    var matches = 0
    for element in self { matches &+= element > limit ? 1 : 0 }
    return matches
  }
}
