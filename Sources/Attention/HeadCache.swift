/// The memory of one attention head with two-dimensional keys, queries and values.
///
/// Keys are numbered 0, 1, 2 … in the order of insertion; that number is the key's position. A query sees every key
/// inserted before it. Caches are values: a copy is a fork of the run, and neither sees what the other inserts.
///
/// No input crashes a cache. Components of keys and queries that are not finite are replaced: NaN by 0, an infinity by
/// the greatest finite number of its sign. Values are returned as they came, or summed as they came.
public protocol HeadCache: Sendable {
  /// The number of keys inserted so far.
  var count: Int { get }

  /// The number of stored keys and groups of keys, to which the memory in use is proportional.
  var retainedKeyCount: Int { get }

  /// Appends a key and its value at position `count`.
  mutating func insert(key: SIMD2<Double>, value: SIMD2<Double>)

  /// The value attended to by `query`; zero when no key has been inserted.
  ///
  /// It changes nothing that another query could see. It is mutating so that a cache may remember where a search ended,
  /// to begin the next one there, and so that a cache inside an array or a class is asked in place, not copied.
  mutating func query(_ query: SIMD2<Double>) -> SIMD2<Double>
}

/// A head cache with hard attention: a query returns the value of the key with the greatest score, the inner product of
/// query and key.
///
/// Scores are compared as real numbers, without rounding, for every finite key and query. Hence all conforming types
/// find the same keys tied, and return the same value bit for bit under `TieRule.latest`. Under `TieRule.average` the
/// mean is the binary64 sum of the tied values divided by their number. `ReferenceHeadCache` adds in the order of
/// positions; other types may add in another order, which makes no difference as long as every partial sum is exact
/// (integers whose absolute values sum to at most 2⁵³).
public protocol ArgmaxHeadCache: HeadCache {
  /// An empty cache.
  init(tieRule: TieRule)

  /// What a query returns when several keys share the greatest score.
  var tieRule: TieRule { get }

  /// All keys with the greatest score, combined; nil when no key has been inserted.
  mutating func winners(_ query: SIMD2<Double>) -> TiedValues?
}
