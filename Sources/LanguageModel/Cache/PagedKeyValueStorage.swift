package import PagedCache

/// One sequence's keys and values in pages that it may share, for one pass after another.
///
/// What is computed goes to the pages of the last positions, which must be the sequence's alone.
package final class PagedKeyValueStorage: KeyValueStorage {
  private let memory: KeyValuePages
  private let pages: [PageID]
  package private(set) var count: Int

  /// A sequence with pages for its positions, so many of which are computed.
  package init(_ memory: KeyValuePages, pages: [PageID], count: Int) {
    self.memory = memory
    self.pages = pages
    self.count = count
  }

  package var layout: KeyValueLayout { memory.layout }

  package func beginPass(adding positions: Int) throws(LanguageModelError) -> [UnsafeMutableRawPointer] {
    guard count + positions <= pages.count * memory.pageSize else {
      throw LanguageModelError(.argument, "\(pages.count) pages have no room for \(count + positions) tokens")
    }
    let blocks = 0..<memory.pageSize / KeyValueLayout.blockSize
    return pages.flatMap { page in blocks.map { memory.block($0, of: page) } }
  }

  package func endPass(computed positions: Int) {
    count += positions
  }
}
