/// A view of a block as an inner node: a list of children, leaves on the lowest inner level, inner nodes above.
struct InnerNode {
  /// Children of an inner node.
  static let capacity = 32

  let base: UnsafeMutableRawPointer

  struct Header {
    var count: Int32 = 0
    /// The inner node above.
    var parent = VertexTree.Block.none
  }

  private static let slopesOffset = capacity * MemoryLayout<Double>.stride
  private static let childrenOffset = slopesOffset + capacity * MemoryLayout<Double>.stride
  private static let headerOffset = childrenOffset + capacity * MemoryLayout<VertexTree.Block>.stride

  /// Bytes of an inner node.
  static let size = headerOffset + MemoryLayout<Header>.stride

  /// The first coordinate of the first vertex below each child. [capacity]
  @inline(__always)
  var xs: UnsafeMutablePointer<Double> { base.bindMemory(to: Double.self, capacity: Self.capacity) }

  /// The slope, rounded, of the edge that enters the first vertex below each child. [capacity]
  @inline(__always)
  var slopes: UnsafeMutablePointer<Double> {
    (base + Self.slopesOffset).bindMemory(to: Double.self, capacity: Self.capacity)
  }

  /// [capacity]
  @inline(__always)
  var children: UnsafeMutablePointer<VertexTree.Block> {
    (base + Self.childrenOffset).bindMemory(to: VertexTree.Block.self, capacity: Self.capacity)
  }

  @inline(__always)
  var header: UnsafeMutablePointer<Header> { (base + Self.headerOffset).bindMemory(to: Header.self, capacity: 1) }

  @inline(__always)
  var count: Int { Int(header.pointee.count) }

  /// The slot of a child.
  func slot(of child: VertexTree.Block) -> Int {
    var slot = 0
    while children[slot] != child, slot + 1 < count { slot += 1 }
    return slot
  }

  /// Copies the children in the slots of `range` to the slots from `slot` on of a node, this one or another.
  func moveChildren(_ range: Range<Int>, to node: InnerNode, slot: Int) {
    assert(range.upperBound <= Self.capacity && slot + range.count <= Self.capacity)
    (node.xs + slot).update(from: xs + range.lowerBound, count: range.count)
    (node.slopes + slot).update(from: slopes + range.lowerBound, count: range.count)
    (node.children + slot).update(from: children + range.lowerBound, count: range.count)
  }
}
