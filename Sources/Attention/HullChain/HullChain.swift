/// The upper hull of a growing set of points: every key that can win a query whose second component is positive.
///
/// The lower hull is the upper hull of the points mirrored at the horizontal axis.
///
/// Vertices are strictly convex: no three are collinear. Of the other points only those that lie on the hull matter,
/// since they tie with its vertices for one query direction: duplicates of a vertex are combined in the vertex, points
/// strictly inside an edge in one `TiedValues` of that edge.
struct HullChain: Sendable {
  let tieRule: TieRule
  var tree = VertexTree()
  /// The values strictly inside edges that have any, at the places that the edges' left ends name.
  var edges = EdgeStore()
  /// Where the last point went.
  var lastPlace = Place.unknown

  init(tieRule: TieRule) {
    self.tieRule = tieRule
  }

  /// Where a point is found in the hull.
  enum Place: Sendable {
    /// Strictly below.
    case hidden
    /// At a vertex.
    case vertex(VertexTree.Cursor)
    /// Strictly inside the edge that begins at a vertex.
    case edge(VertexTree.Cursor)
    /// To be searched.
    case unknown
  }

  /// The number of vertices and of edges with points strictly inside.
  var retainedCount: Int {
    tree.count + edges.count
  }
}
