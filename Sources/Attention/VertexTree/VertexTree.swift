/// The vertices of one convex chain, ordered by their first coordinate: a B+ tree whose nodes live in a few flat arrays.
///
/// Leaves hold up to `leafCapacity` vertices, inner nodes up to `fanOut` children, both in blocks of fixed size, numbered in
/// the order of their creation. Each child in an inner node carries two separators: the first coordinate of its first vertex,
/// by which insertions find their place, and the slope of the edge that leads to that vertex, by which queries find theirs.
///
/// The tree knows of convexity only that queries may search it by slope; `HullChain` keeps the chain convex.
///
/// - Complexity: O(log n) for every operation, O(1) amortised at the right end. A vertex takes 48 bytes in a full leaf;
///   leaves are filled completely when vertices are appended at either end, at least an eighth on average
///   (`compactIfSparse`).
struct VertexTree: Sendable {
  /// Vertices in a leaf: enough to amortise a descent, few enough that all can be looked at without branching.
  static let leafCapacity = 32
  /// Children of an inner node.
  static let fanOut = 32

  /// The number of vertices.
  var count = 0
  /// The number of levels of inner nodes above the leaves.
  var height = 0
  /// The topmost inner node, or the only leaf when `height` is 0.
  var root: Int32 = VertexTree.none
  var firstLeaf: Int32 = VertexTree.none
  var lastLeaf: Int32 = VertexTree.none

  /// First coordinates. [leaves, leafCapacity]
  var xs: [Double] = []
  /// Second coordinates. [leaves, leafCapacity]
  var ys: [Double] = []
  /// What each vertex carries. [leaves, leafCapacity]
  var payloads: [VertexPayload] = []
  /// [leaves]
  var leaves: [Leaf] = []
  /// Leaves that hold nothing and may be used again.
  var freeLeaves: [Int32] = []

  /// Leaves on the lowest inner level, inner nodes above. [nodes, fanOut]
  var children: [Int32] = []
  /// The first coordinate of the first vertex below each child. [nodes, fanOut]
  var separatorXs: [Double] = []
  /// The slope, rounded, of the edge that enters the first vertex below each child. [nodes, fanOut]
  var separatorSlopes: [Double] = []
  /// [nodes]
  var nodes: [InnerNode] = []
  /// Inner nodes that hold nothing and may be used again.
  var freeNodes: [Int32] = []

  init() {}

  /// Stands for no leaf and no node.
  static let none: Int32 = -1

  struct Leaf: Sendable {
    var count: Int32 = 0
    var parent = VertexTree.none
    var previous = VertexTree.none
    var next = VertexTree.none
  }

  struct InnerNode: Sendable {
    var count: Int32 = 0
    var parent = VertexTree.none
  }
}

/// What a vertex of a hull carries besides its coordinates.
struct VertexPayload: Sendable {
  /// The values of all keys at the vertex.
  var values: TiedValues
  /// The place, in the chain's store, of the values strictly inside the edge to the next vertex, or −1 if there are none.
  var edge: Int32 = -1
}
