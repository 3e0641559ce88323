extension VertexTree {
  /// The vertices of a convex chain that score highest: one, or both ends of an edge.
  struct Peak: Equatable {
    /// The winner, or the left one of two.
    var cursor: Cursor
    /// Whether the next vertex has the same score.
    var tiesWithNext: Bool
  }

  /// The highest-scoring vertices of an upper hull for a query with a positive second component; nil in an empty tree.
  ///
  /// A descent by rounded slopes guesses the winner; an exact comparison with both neighbours confirms it, which suffices, as
  /// scores rise and then fall along the chain. When rounding misled the guess, a descent with exact comparisons follows.
  @inline(__always)
  func peak(_ query: SIMD2<Double>) -> Peak? {
    if count == 0 { return nil }
    return confirmedPeak(at: guessedPeak(query), query) ?? searchedPeak(query)
  }

  /// The peak, if it is at `cursor`.
  @inline(__always)
  func confirmedPeak(at cursor: Cursor, _ query: SIMD2<Double>) -> Peak? {
    let own = point(at: cursor)
    if let next = successor(of: cursor) {
      switch ExactGeometry.compareScores(query, point(at: next), own) {
      case .positive: return nil
      case .zero: return Peak(cursor: cursor, tiesWithNext: true)
      case .negative: break
      }
    }
    if let previous = predecessor(of: cursor) {
      switch ExactGeometry.compareScores(query, point(at: previous), own) {
      case .positive: return nil
      case .zero: return Peak(cursor: previous, tiesWithNext: true)
      case .negative: break
      }
    }
    return Peak(cursor: cursor, tiesWithNext: false)
  }

  /// The vertex after the last edge that seems to ascend in the direction of `query`.
  @inline(__always)
  private func guessedPeak(_ query: SIMD2<Double>) -> Cursor {
    var node = Int(root)
    if height > 0 {
      let levelSlope = -query.x / query.y
      separatorSlopes.withUnsafeBufferPointer { slopes in
        for _ in 0..<height {
          let start = node * Self.fanOut
          let tail = UnsafeBufferPointer(rebasing: slopes[start + 1..<start + Int(nodes[node].count)])
          node = Int(children[start + tail.countAbove(levelSlope)])
        }
      }
    }
    let start = node * Self.leafCapacity
    let edges = Int(leaves[node].count) - 1
    let ascending = xs.withUnsafeBufferPointer { xs in
      ys.withUnsafeBufferPointer { ys in
        let xs = UnsafeBufferPointer(rebasing: xs[start...start + edges])
        let ys = UnsafeBufferPointer(rebasing: ys[start...start + edges])
        var ascending = 0
        for edge in 0..<edges {
          let dx = xs[edge + 1] - xs[edge]
          let dy = ys[edge + 1] - ys[edge]
          ascending &+= query.x * dx + query.y * dy > 0 ? 1 : 0
        }
        return ascending
      }
    }
    return Cursor(leaf: Int32(truncatingIfNeeded: node), slot: Int32(truncatingIfNeeded: ascending))
  }
}
