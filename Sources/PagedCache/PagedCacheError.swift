/// Why a pool cannot be made: what is wrong with its size, and one line that says what was expected.
package struct PagedCacheError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The sort of failure, for code that reacts to it.
  package enum Kind: Hashable, Sendable {
    /// A page must hold at least one token, and not too many.
    case pageSize
    /// A pool must have at least one page.
    case poolSize
  }

  package let kind: Kind
  package let description: String

  init(_ kind: Kind, _ description: String) {
    self.kind = kind
    self.description = description
  }
}
