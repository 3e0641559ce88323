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
  /// The search begins where the last one ended, since queries often stay close to the one before. If that is not the
  /// place, a descent by rounded slopes guesses it, and if rounding misled the guess, a descent with exact comparisons
  /// follows. An exact comparison with both neighbours confirms a place, which suffices, as scores rise and then fall
  /// along the chain.
  @inline(__always)
  mutating func peak(_ query: SIMD2<Double>) -> Peak? {
    if count == 0 { return nil }
    let peak =
      (hasVertex(at: lastPeak) ? confirmedPeak(near: lastPeak, query) : nil)
      ?? confirmedPeak(near: guessedPeak(query), query)
      ?? searchedPeak(query)
    lastPeak = peak.cursor
    return peak
  }

  /// The peak, if it is at `cursor` or next to it.
  @inline(__always)
  private func confirmedPeak(near cursor: Cursor, _ query: SIMD2<Double>) -> Peak? {
    let own = point(at: cursor)
    if let next = successor(of: cursor) {
      switch ExactGeometry.compareScores(query, point(at: next), own) {
      case .positive: return peakAscending(to: next, query)
      case .zero: return Peak(cursor: cursor, tiesWithNext: true)
      case .negative: break
      }
    }
    guard let previous = predecessor(of: cursor) else { return Peak(cursor: cursor, tiesWithNext: false) }
    switch ExactGeometry.compareScores(query, point(at: previous), own) {
    case .positive: return peakDescending(to: previous, query)
    case .zero: return Peak(cursor: previous, tiesWithNext: true)
    case .negative: return Peak(cursor: cursor, tiesWithNext: false)
    }
  }

  /// The peak, if it is at `cursor`, whose left neighbour scores lower.
  @inline(__always)
  private func peakAscending(to cursor: Cursor, _ query: SIMD2<Double>) -> Peak? {
    guard let next = successor(of: cursor) else { return Peak(cursor: cursor, tiesWithNext: false) }
    let order = ExactGeometry.compareScores(query, point(at: next), point(at: cursor))
    return order == .positive ? nil : Peak(cursor: cursor, tiesWithNext: order == .zero)
  }

  /// The peak, if it is at `cursor`, whose right neighbour scores lower.
  @inline(__always)
  private func peakDescending(to cursor: Cursor, _ query: SIMD2<Double>) -> Peak? {
    guard let previous = predecessor(of: cursor) else { return Peak(cursor: cursor, tiesWithNext: false) }
    switch ExactGeometry.compareScores(query, point(at: previous), point(at: cursor)) {
    case .positive: return nil
    case .zero: return Peak(cursor: previous, tiesWithNext: true)
    case .negative: return Peak(cursor: cursor, tiesWithNext: false)
    }
  }

  /// The vertex after the last edge that seems to ascend in the direction of `query`.
  @inline(__always)
  private func guessedPeak(_ query: SIMD2<Double>) -> Cursor {
    var block = root
    if height > 0 {
      let levelSlope = -query.x / query.y
      for _ in 0..<height {
        let node = node(block)
        let slopes = node.slopes + 1
        block = node.children[prefixLength(node.count - 1) { slopes[$0] > levelSlope }]
      }
    }
    let leaf = leaf(block)
    let (xs, ys) = (leaf.xs, leaf.ys)
    let ascending = prefixLength(leaf.count - 1) { edge in
      query.x * (xs[edge + 1] - xs[edge]) + query.y * (ys[edge + 1] - ys[edge]) > 0
    }
    return Cursor(leaf: block, slot: ascending)
  }
}
