package import PagedCache

/// The pages of one sequence, and how far the tree knows them.
package struct SequencePages: Sendable {
  /// Whose pages it may share.
  package let namespace: PrefixNamespace
  /// Its pages.
  package internal(set) var table: PageTable
  /// How many first pages the tree has too.
  package internal(set) var sharedCount = 0
  /// The locked path to the end of those.
  var path: PrefixPath?

  /// A sequence without pages.
  package init(pageSize: Int, namespace: PrefixNamespace) {
    self.namespace = namespace
    table = PageTable(pageSize: pageSize)
  }
}
