import Synchronization

/// The keys and values of one sequence, in memory of its own that grows block by block.
///
/// One computation at a time can use it; a second one is refused.
public final class KeyValueCache: @unchecked Sendable {
  package let layout: KeyValueLayout
  /// The most positions that it may hold.
  public let limit: Int
  /// Guards what follows.
  private let lock = Mutex(())
  private var computed = 0
  private var isInUse = false
  private var blocks: [UnsafeMutableRawPointer] = []

  /// An empty cache for a model; by default as long as the model was made for.
  public init(for shape: Qwen3Configuration, limit: Int? = nil) {
    layout = KeyValueLayout(shape)
    self.limit = limit ?? shape.longestContext
  }

  deinit {
    for block in blocks { block.deallocate() }
  }

  /// The positions that are computed.
  public var count: Int {
    lock.withLock { _ in computed }
  }

  /// Forgets the positions from a number on, so that other tokens can take their places; a number not below `count`
  /// changes nothing.
  ///
  /// - Throws: `LanguageModelError` while a computation uses the cache.
  public func truncate(to count: Int) throws(LanguageModelError) {
    let isRefused = lock.withLock { _ in
      if !isInUse { computed = min(computed, max(count, 0)) }
      return isInUse
    }
    if isRefused { throw Self.inUse }
  }

  private static let inUse = LanguageModelError(.argument, "another computation is using the cache")

  /// Refuses a sequence that is longer than the limit.
  func checkRoom(for count: Int) throws(LanguageModelError) {
    guard count <= limit else {
      throw LanguageModelError(.argument, "a sequence of \(count) tokens is longer than the limit of \(limit)")
    }
  }
}

extension KeyValueCache: KeyValueStorage {
  package func beginPass(adding positions: Int) throws(LanguageModelError) -> [UnsafeMutableRawPointer] {
    let end = try claim(positions)
    while blocks.count * KeyValueLayout.blockSize < end {
      blocks.append(.allocate(byteCount: layout.blockBytes, alignment: 64))
    }
    return blocks
  }

  /// Takes the cache for one pass, which alone then touches the blocks; the end of its positions.
  private func claim(_ positions: Int) throws(LanguageModelError) -> Int {
    let (wasInUse, end) = lock.withLock { _ in
      let wasInUse = isInUse
      let end = computed + positions
      if end <= limit { isInUse = true }
      return (wasInUse, end)
    }
    if wasInUse { throw Self.inUse }
    try checkRoom(for: end)
    return end
  }

  package func endPass(computed positions: Int) {
    lock.withLock { _ in
      computed += positions
      isInUse = false
    }
  }
}
