/// The memory of a tree: one allocation, cut into blocks each of which holds a leaf or an inner node.
///
/// It is unchecked for `Sendable` because it is shared like an array's buffer: only `VertexTree` has references, and it
/// writes only while its reference is the only one.
final class BlockMemory: @unchecked Sendable {
  /// Bytes of a block: enough for either kind of node, and a multiple of a cache line.
  static let stride = (max(Leaf.size, InnerNode.size) + 63) / 64 * 64

  /// The number of blocks there is room for.
  let capacity: Int
  private let base: UnsafeMutableRawPointer

  init(capacity: Int) {
    self.capacity = capacity
    base = .allocate(byteCount: capacity * Self.stride, alignment: 64)
  }

  deinit {
    base.deallocate()
  }

  @inline(__always)
  func address(of block: VertexTree.Block) -> UnsafeMutableRawPointer {
    assert(block >= 0 && block < capacity)
    return base + Int(block) * Self.stride
  }

  /// Another memory with the same contents in the first `touched` blocks.
  func copy(touched: Int, capacity: Int) -> BlockMemory {
    let copy = BlockMemory(capacity: capacity)
    copy.base.copyMemory(from: base, byteCount: touched * Self.stride)
    return copy
  }
}
