/// That the first tokens of a page have to be copied to another page before anything is computed.
package struct PageCopy: Hashable, Sendable {
  /// The page that others go on reading.
  package var source: PageID
  /// The page that is written from then on.
  package var target: PageID
  /// The tokens to copy, from the page's first.
  package var tokenCount: Int

  package init(from source: PageID, to target: PageID, tokenCount: Int) {
    self.source = source
    self.target = target
    self.tokenCount = tokenCount
  }
}

extension PagePool {
  /// What `prepareWrite` found.
  package enum WriteDecision: Hashable, Sendable {
    /// Nobody else holds the page: it can be written where it is.
    case inPlace
    /// Others hold the page: the table has another page now, into which this has to be copied first.
    case copy(PageCopy)
    /// Others hold the page, and no page is free; nothing was changed.
    case outOfPages
  }

  /// Makes the page of a position one that only this table holds: copy on write.
  ///
  /// The table gives up its reference to a shared page at once, so another holder must keep that page until the copy is made.
  package mutating func prepareWrite(to position: Int, in table: inout PageTable) -> WriteDecision {
    precondition(position >= 0 && position < table.capacity, "a position without a page")
    let page = table.pages[position / pageSize]
    guard referenceCount(of: page) > 1 else { return .inPlace }
    guard let target = allocate(1)?.first else { return .outOfPages }
    release(page)
    table.pages[position / pageSize] = target
    return .copy(PageCopy(from: page, to: target, tokenCount: position % pageSize))
  }
}
