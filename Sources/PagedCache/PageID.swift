/// The number of a page in its pool, from 0.
package struct PageID: Hashable, Sendable {
  /// The place of the page's memory among those of its pool.
  package let number: Int

  package init(_ number: Int) {
    self.number = number
  }
}

extension PageID: Comparable {
  package static func < (one: Self, other: Self) -> Bool { one.number < other.number }
}

extension PageID: CustomStringConvertible {
  package var description: String { "page \(number)" }
}
