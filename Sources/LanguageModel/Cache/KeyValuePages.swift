import Foundation
package import PagedCache

/// The memory of the pages of a pool: keys and values of all layers, for as many sequences as share the pool.
///
/// A page is a few blocks of sixteen positions, one after the other, which attention reads where they are. Memory that was
/// never written takes none of the machine's.
package final class KeyValuePages: @unchecked Sendable {
  package let layout: KeyValueLayout
  /// Positions of a page, a multiple of the block size.
  package let pageSize: Int
  package let pageCount: Int
  /// Written by whoever holds a page alone, and only while no pass reads it; see `PagedKeyValueStorage`.
  private let memory: UnsafeMutableRawPointer  // [pages, blocks of a page, block]

  /// Sets memory aside.
  ///
  /// - Throws: `LanguageModelError` for a page size that is no multiple of sixteen, or more memory than there is.
  package init(_ layout: KeyValueLayout, pageSize: Int, pageCount: Int) throws(LanguageModelError) {
    guard pageSize > 0, pageSize.isMultiple(of: KeyValueLayout.blockSize), pageCount > 0 else {
      throw LanguageModelError(
        .argument, "expected pages of a multiple of \(KeyValueLayout.blockSize) tokens, and at least one")
    }
    self.layout = layout
    self.pageSize = pageSize
    self.pageCount = pageCount
    let (bytes, isTooMuch) = layout.bytesPerPage(pageSize: pageSize).multipliedReportingOverflow(by: pageCount)
    var address: UnsafeMutableRawPointer?
    guard !isTooMuch, posix_memalign(&address, 4096, bytes) == 0, let address else {
      throw LanguageModelError(.argument, "there is no memory for \(pageCount) pages of \(pageSize) tokens")
    }
    memory = address
  }

  deinit {
    free(memory)
  }

  /// The address of one block of a page.
  func block(_ number: Int, of page: PageID) -> UnsafeMutableRawPointer {
    precondition(page.number >= 0 && page.number < pageCount, "a page of another pool")
    return memory + (page.number * (pageSize / KeyValueLayout.blockSize) + number) * layout.blockBytes
  }

  /// Copies the first tokens of a page, and what lies in their blocks beside them.
  package func copy(_ copy: PageCopy) {
    let blocks = (min(copy.tokenCount, pageSize) + KeyValueLayout.blockSize - 1) / KeyValueLayout.blockSize
    for number in 0..<blocks {
      block(number, of: copy.target)
        .copyMemory(from: block(number, of: copy.source), byteCount: layout.blockBytes)
    }
  }
}
