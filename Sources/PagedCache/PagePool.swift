import Foundation

/// Pages of equal size for the keys and values of tokens, each free or held by one or more.
///
/// The pool keeps accounts only: the memory of the pages is somebody else's, found by their numbers. Whoever holds a page
/// counts as one reference: each page table that has it, and a tree of prefixes that knows its tokens.
///
/// ```swift
/// var pool = try PagePool(pageSize: 16, pageCount: 2)
/// let pages = pool.allocate(2)  // [page 0, page 1]
/// pool.allocate(1)              // nil
/// ```
package struct PagePool: Sendable {
  /// Tokens of a page.
  package let pageSize: Int
  /// The holders of each page.
  private var references: [Int]
  /// The pages that nobody holds; the last is taken next, so that memory used lately is used again.
  private var free: [PageID]

  /// The most tokens of a page.
  package static let largestPageSize = 1 << 16

  /// A pool of free pages, which are taken from number 0 on.
  ///
  /// - Throws: `PagedCacheError` for a page size out of range or a pool without pages.
  package init(pageSize: Int, pageCount: Int) throws(PagedCacheError) {
    guard (1...Self.largestPageSize).contains(pageSize) else {
      throw PagedCacheError(.pageSize, "expected a page of 1 to \(Self.largestPageSize) tokens")
    }
    guard pageCount > 0 else { throw PagedCacheError(.poolSize, "expected a pool of at least one page") }
    self.pageSize = pageSize
    references = Array(repeating: 0, count: pageCount)
    free = (0..<pageCount).reversed().map(PageID.init)
  }

  /// A pool of as many pages as fit into so many bytes.
  ///
  /// - Throws: `PagedCacheError` for a page size out of range, less memory than one page, or more than the machine has.
  package init(pageSize: Int, bytes: Int, bytesPerPage: Int) throws(PagedCacheError) {
    guard bytesPerPage > 0, bytes >= bytesPerPage else {
      throw PagedCacheError(.poolSize, "expected a pool of at least \(max(bytesPerPage, 1)) bytes, one page")
    }
    let machine = ProcessInfo.processInfo.physicalMemory
    // The accounts of more pages would take the machine's memory themselves.
    guard bytes <= machine else {
      throw PagedCacheError(
        .poolSize, "expected a pool of at most \(machine) bytes, the machine's memory, found \(bytes)")
    }
    try self.init(pageSize: pageSize, pageCount: bytes / bytesPerPage)
  }

  /// All pages, free or held.
  package var pageCount: Int { references.count }

  /// Pages that nobody holds.
  package var freeCount: Int { free.count }

  /// Tokens that all pages together have room for.
  package var tokenCapacity: Int { pageCount * pageSize }

  /// The holders of a page.
  package func referenceCount(of page: PageID) -> Int { references[page.number] }

  /// Takes free pages, each for one holder; nil, and nothing taken, when there are not so many.
  package mutating func allocate(_ count: Int) -> [PageID]? {
    guard count >= 0, count <= free.count else { return nil }
    let pages = Array(free.suffix(count).reversed())
    free.removeLast(count)
    for page in pages { references[page.number] = 1 }
    return pages
  }

  /// Adds a holder to a page that has one.
  package mutating func retain(_ page: PageID) {
    precondition(references[page.number] > 0, "a free page has to be allocated")
    references[page.number] += 1
  }

  /// Takes a holder off a page, which is free when that was the last.
  package mutating func release(_ page: PageID) {
    precondition(references[page.number] > 0, "a free page has no holder")
    references[page.number] -= 1
    if references[page.number] == 0 { free.append(page) }
  }
}

extension PagePool {
  /// The pages that so many tokens take.
  package func pageCount(forTokens tokens: Int) -> Int {
    tokens / pageSize + (tokens % pageSize > 0 ? 1 : 0)
  }
}
