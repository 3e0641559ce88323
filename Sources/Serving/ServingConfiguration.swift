package import Batching
package import LanguageModel
package import PagedCache
package import PrefixTree

/// How requests are served.
package struct ServingConfiguration: Hashable, Sendable {
  /// How they are put together.
  package var batch = BatchConfiguration()
  /// Tokens of a page, a multiple of sixteen.
  package var pageSize = 16
  /// How the keys and values are kept.
  package var precision = KeyValuePrecision.float32
  /// Memory for the keys and values of all pages.
  package var cacheBytes = 1 << 30
  /// Which cached prefix is given up first.
  package var eviction = EvictionPolicy.leastRecentlyUsed

  package init() {}

  /// The pool that the memory is enough for.
  ///
  /// - Throws: `PagedCacheError` when that is not one page.
  package func makePool(for shape: Qwen3Configuration) throws(PagedCacheError) -> PagePool {
    // A page size that the memory has no layout for is refused when memory is set aside.
    let bytes = KeyValueLayout(shape, precision).bytesPerPage(pageSize: max(pageSize, KeyValueLayout.blockSize))
    return try PagePool(pageSize: pageSize, bytes: cacheBytes, bytesPerPage: bytes)
  }
}
