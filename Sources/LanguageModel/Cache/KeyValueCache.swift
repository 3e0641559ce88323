/// The keys and values of one sequence, in memory of its own that grows block by block.
public final class KeyValueCache {
  package let layout: KeyValueLayout
  /// The positions that are computed.
  public private(set) var count = 0
  /// The most positions that it may hold.
  public let limit: Int
  package private(set) var blocks: [UnsafeMutablePointer<Float>] = []

  /// An empty cache for a model; by default as long as the model was made for.
  public init(for shape: Qwen3Configuration, limit: Int? = nil) {
    layout = KeyValueLayout(shape)
    self.limit = limit ?? shape.longestContext
  }

  deinit {
    for block in blocks { block.deallocate() }
  }

  /// Forgets the positions from a number on, so that other tokens can take their places.
  public func truncate(to count: Int) {
    precondition(count >= 0 && count <= self.count, "a cache can only be cut shorter")
    self.count = count
  }
}

extension KeyValueCache: KeyValueStorage {
  package func reserve(_ positions: Int) throws(LanguageModelError) {
    guard positions <= limit else {
      throw LanguageModelError(
        .argument, "a sequence of \(positions) tokens is longer than the limit of \(limit)")
    }
    while blocks.count * KeyValueLayout.blockSize < positions {
      let bytes = UnsafeMutableRawPointer.allocate(byteCount: layout.blockCount * 4, alignment: 64)
      blocks.append(bytes.bindMemory(to: Float.self, capacity: layout.blockCount))
    }
  }

  package func advance(by positions: Int) {
    precondition(count + positions <= blocks.count * KeyValueLayout.blockSize, "positions without room")
    count += positions
  }
}
