/// The vertices of one convex chain, ordered by their first coordinate: a B+ tree whose nodes are blocks of one
/// allocation.
///
/// Leaves hold up to `Leaf.capacity` vertices, inner nodes up to `InnerNode.capacity` children. Each child carries two
/// separators: the first coordinate of its first vertex, by which insertions find their place, and the slope of the
/// edge that leads to that vertex, by which queries find theirs.
///
/// The tree knows of convexity only that queries may search it by slope; `HullChain` keeps the chain convex.
///
/// The tree is a value. Whoever changes it calls `makeUnique` first; the methods that change it rely on that.
///
/// - Complexity: O(log n) for every operation, O(1) amortised at the right end. A vertex takes 46 bytes in a full leaf.
///   Leaves stay full when vertices are appended at either end; after removals an eighth of their room is in use at
///   least, if the owner rebuilds a tree that `isSparse`.
struct VertexTree: Sendable {
  /// The number of vertices.
  var count = 0
  /// The number of levels of inner nodes above the leaves.
  var height = 0
  /// The topmost inner node, or the only leaf when `height` is 0.
  var root = Block.none
  var firstLeaf = Block.none
  var lastLeaf = Block.none

  /// Where the last search for a peak ended, or anywhere else: a place to begin the next one.
  var lastPeak = Cursor(leaf: Block.none, slot: 0)

  private var memory = BlockMemory(capacity: 1)
  /// The memory once more while it is frozen, so that it counts as shared and is copied before a change.
  private var frozen: BlockMemory?
  /// The number of blocks at the start of the memory that have ever been in use.
  private var touched = 0
  /// The first of the touched blocks that are free; each names the next.
  private var firstFree = Block.none

  /// The number of a block in the memory.
  typealias Block = Int32

  init() {}

  @inline(__always)
  func leaf(_ block: Block) -> Leaf {
    Leaf(base: memory.address(of: block))
  }

  @inline(__always)
  func node(_ block: Block) -> InnerNode {
    InnerNode(base: memory.address(of: block))
  }

  /// Makes sure that no copy of this tree shares its memory.
  @inline(__always)
  mutating func makeUnique() {
    if !isKnownUniquelyReferenced(&memory) {
      memory = memory.copy(touched: touched, capacity: memory.capacity)
      frozen = nil
    }
  }

  /// Lets copies share the memory until they write to it, page by page.
  mutating func freeze() {
    guard frozen == nil, let frozen = memory.frozen(touched: touched) else { return }
    memory = frozen
    self.frozen = frozen
  }

  /// Bytes of memory that are this tree's alone.
  var ownByteCount: Int { memory.ownByteCount }

  /// Makes sure that `count` blocks can be taken while pointers into the memory are held.
  mutating func reserveBlocks(_ count: Int) {
    let needed = touched + count
    if needed > memory.capacity {
      memory = memory.copy(touched: touched, capacity: max(needed, 2 * memory.capacity))
    }
  }

  /// A block out of the reserved ones, of zeros or with the contents of its last use.
  mutating func takeBlock() -> Block {
    if firstFree != Block.none {
      let block = firstFree
      firstFree = leaf(block).header.pointee.next
      return block
    }
    precondition(touched < memory.capacity)
    let block = Block(touched)
    touched += 1
    memory.address(of: block).initializeMemory(as: UInt8.self, repeating: 0, count: BlockMemory.stride)
    return block
  }

  /// Gives back a block that nothing refers to any more.
  mutating func freeBlock(_ block: Block) {
    if lastPeak.leaf == block { lastPeak.leaf = Block.none }
    leaf(block).header.pointee = Leaf.Header(next: firstFree)
    firstFree = block
  }

  /// Whether so many vertices have gone that less than an eighth of the room in the blocks is in use.
  @inline(__always)
  var isSparse: Bool {
    touched > 8 && count < touched * (Leaf.capacity / 8)
  }
}

extension VertexTree.Block {
  /// Stands for no block.
  static var none: Self { -1 }
}
