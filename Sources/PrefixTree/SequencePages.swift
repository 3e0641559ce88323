package import PagedCache

/// The pages of one sequence, and how far the tree knows them.
package struct SequencePages: Sendable {
  /// Whose pages it may share.
  package let namespace: PrefixNamespace
  /// How late what it uses is evicted under the policy `priority`.
  package let priority: Int
  /// Its pages.
  package internal(set) var table: PageTable
  /// How many first pages the tree has too.
  package internal(set) var sharedCount = 0
  /// The locked path to the end of those.
  var path: PrefixPath?

  /// A sequence without pages.
  package init(pageSize: Int, namespace: PrefixNamespace, priority: Int = 0) {
    self.namespace = namespace
    self.priority = priority
    table = PageTable(pageSize: pageSize)
  }
}
