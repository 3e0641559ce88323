/// A view of a block as a leaf: the vertices of a piece of the chain.
struct Leaf {
  /// Vertices in a leaf: enough to amortise a descent, few enough that all can be looked at without branching.
  static let capacity = 32

  let base: UnsafeMutableRawPointer

  struct Header {
    var count: Int32 = 0
    /// The inner node above.
    var parent = VertexTree.Block.none
    /// The leaf to the left.
    var previous = VertexTree.Block.none
    /// The leaf to the right, or in a free block the next free one.
    var next = VertexTree.Block.none
  }

  // Byte offsets. The first coordinates fill whole cache lines.
  private static let ysOffset = capacity * MemoryLayout<Double>.stride
  private static let valuesOffset = ysOffset + capacity * MemoryLayout<Double>.stride
  private static let edgesOffset = valuesOffset + capacity * MemoryLayout<TiedValues>.stride
  private static let headerOffset = edgesOffset + capacity * MemoryLayout<Int32>.stride

  /// Bytes of a leaf.
  static let size = headerOffset + MemoryLayout<Header>.stride

  /// First coordinates. [capacity]
  @inline(__always)
  var xs: UnsafeMutablePointer<Double> { base.bindMemory(to: Double.self, capacity: Self.capacity) }

  /// Second coordinates. [capacity]
  @inline(__always)
  var ys: UnsafeMutablePointer<Double> { (base + Self.ysOffset).bindMemory(to: Double.self, capacity: Self.capacity) }

  /// The values of all keys at each vertex. [capacity]
  @inline(__always)
  var values: UnsafeMutablePointer<TiedValues> {
    (base + Self.valuesOffset).bindMemory(to: TiedValues.self, capacity: Self.capacity)
  }

  /// For the edge from each vertex to the next, the place in the chain's store of the values strictly inside it, or −1
  /// if there are none. [capacity]
  @inline(__always)
  var edges: UnsafeMutablePointer<Int32> {
    (base + Self.edgesOffset).bindMemory(to: Int32.self, capacity: Self.capacity)
  }

  @inline(__always)
  var header: UnsafeMutablePointer<Header> { (base + Self.headerOffset).bindMemory(to: Header.self, capacity: 1) }

  @inline(__always)
  var count: Int { Int(header.pointee.count) }

  /// Copies the vertices in the slots of `range` to the slots from `slot` on of a leaf, this one or another.
  func moveVertices(_ range: Range<Int>, to leaf: Leaf, slot: Int) {
    assert(range.upperBound <= Self.capacity && slot + range.count <= Self.capacity)
    (leaf.xs + slot).update(from: xs + range.lowerBound, count: range.count)
    (leaf.ys + slot).update(from: ys + range.lowerBound, count: range.count)
    (leaf.values + slot).update(from: values + range.lowerBound, count: range.count)
    (leaf.edges + slot).update(from: edges + range.lowerBound, count: range.count)
  }
}
