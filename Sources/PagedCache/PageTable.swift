/// Where the positions of one sequence lie: its pages in the order of positions.
package struct PageTable: Hashable, Sendable {
  /// Tokens of a page.
  package let pageSize: Int
  /// The pages; the last may be filled in part.
  package var pages: [PageID]

  /// A table of pages, by default none.
  package init(pageSize: Int, pages: [PageID] = []) {
    self.pageSize = pageSize
    self.pages = pages
  }

  /// Positions that the pages have room for.
  package var capacity: Int { pages.count * pageSize }

  /// The page of a position and the position's place in it; nil for a position that has no page.
  package func place(of position: Int) -> (page: PageID, slot: Int)? {
    guard position >= 0, position < capacity else { return nil }
    return (pages[position / pageSize], position % pageSize)
  }
}
