import MemoryImage

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
  /// Where the blocks are; nil for memory of its own.
  private let mapping: ImageMapping?
  /// What copies are made of without copying; nil for a memory that goes on. Where there is one, nothing is changed.
  private let image: MemoryImage?

  init(capacity: Int) {
    self.capacity = capacity
    base = .allocate(byteCount: capacity * Self.stride, alignment: 64)
    mapping = nil
    image = nil
  }

  private init(_ mapping: ImageMapping, of image: MemoryImage? = nil) {
    capacity = mapping.byteCount / Self.stride
    base = mapping.base
    self.mapping = mapping
    self.image = image
  }

  deinit {
    if mapping == nil { base.deallocate() }
  }

  @inline(__always)
  func address(of block: VertexTree.Block) -> UnsafeMutableRawPointer {
    assert(block >= 0 && block < capacity)
    return base + Int(block) * Self.stride
  }

  /// Another memory with the same contents in the first `touched` blocks, and room for `capacity` or more.
  ///
  /// - Complexity: O(1) for a frozen memory that has room for so many, else O(touched).
  func copy(touched: Int, capacity: Int) -> BlockMemory {
    if capacity <= self.capacity, let mapping = image?.copy() { return BlockMemory(mapping) }
    let copy = BlockMemory(capacity: capacity)
    copy.base.copyMemory(from: base, byteCount: touched * Self.stride)
    return copy
  }

  /// A memory with the same contents, of which copies share the pages until they write to them; nil for a small one, whose
  /// copies cost less otherwise, and where the system has no such memory.
  func frozen(touched: Int) -> BlockMemory? {
    guard touched * Self.stride >= Self.sharedByteCount,
      let image = MemoryImage(byteCount: 2 * touched * Self.stride)
    else { return nil }
    image.original.base.copyMemory(from: base, byteCount: touched * Self.stride)
    return BlockMemory(image.original, of: image)
  }

  private static let sharedByteCount = 1 << 16

  /// Bytes that are this memory's alone.
  var ownByteCount: Int { mapping?.ownByteCount ?? capacity * Self.stride }
}
