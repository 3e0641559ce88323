/// Hard attention in logarithmic time: it keeps the convex hull of the keys, since no other key can win a query.
///
/// The keys that win a query lie on the side of the hull that faces in the query's direction: a vertex or an edge of
/// the upper hull when the query points up, of the lower hull when it points down, a vertical side when it is
/// horizontal, and all keys when it is zero. Keys that lie on the hull without being vertices are combined where they
/// are. Any finite keys are allowed, duplicate, collinear and huge ones included; the results equal
/// `ReferenceHeadCache`'s by the terms of `ArgmaxHeadCache`.
///
/// - Complexity: O(log n) amortised an insertion and O(log n) a query for n vertices of the hull; an insertion of a key
///   equal to the one before, or to the right of all others, takes O(1) amortised. Memory O(n), some 50 bytes a vertex
///   when keys arrive from left to right.
public struct HullHeadCache: ArgmaxHeadCache {
  public let tieRule: TieRule
  public private(set) var count = 0
  /// The hull that queries with a positive second component see.
  var upper: HullChain
  /// The hull of the keys with their second components negated.
  var lower: HullChain
  private var lastKey = SIMD2<Double>.zero
  /// All keys. Nil when there are none, as are the two sides.
  private var all: TiedValues?
  private var leftSide: VerticalSide?
  private var rightSide: VerticalSide?

  public init(tieRule: TieRule) {
    self.tieRule = tieRule
    upper = HullChain(tieRule: tieRule)
    lower = HullChain(tieRule: tieRule)
  }

  /// Vertices of both hulls, and edges with keys strictly inside.
  public var retainedKeyCount: Int {
    upper.retainedCount + lower.retainedCount
  }

  /// Lets copies of the cache share the vertices of both hulls until they write to them, so that the first key that a copy
  /// takes in costs the same however many there are. Values inside edges, which few edges have, are copied all the same.
  package mutating func freeze() {
    upper.tree.freeze()
    lower.tree.freeze()
  }

  /// Bytes of memory for vertices that are this cache's alone.
  package var ownByteCount: Int { upper.tree.ownByteCount + lower.tree.ownByteCount }

  public mutating func insert(key: SIMD2<Double>, value: SIMD2<Double>) {
    let key = key.clampedToFinite
    let mirrored = SIMD2(key.x, -key.y)
    let values = TiedValues(value: value, position: count, rule: tieRule)
    all.merge(values, rule: tieRule)
    leftSide.merge(key.x, values, rule: tieRule, isFurther: <)
    rightSide.merge(key.x, values, rule: tieRule, isFurther: >)
    if count > 0, key == lastKey {
      upper.insertAgain(key, values)
      lower.insertAgain(mirrored, values)
    } else {
      upper.insert(key, values)
      lower.insert(mirrored, values)
    }
    lastKey = key
    count += 1
  }

  public mutating func query(_ query: SIMD2<Double>) -> SIMD2<Double> {
    winners(query)?.resolved(by: tieRule) ?? .zero
  }

  public mutating func winners(_ query: SIMD2<Double>) -> TiedValues? {
    let query = query.clampedToFinite
    if query.y > 0 { return upper.winners(query) }
    if query.y < 0 { return lower.winners(SIMD2(query.x, -query.y)) }
    if query.x == 0 { return all }
    return query.x > 0 ? rightSide?.values : leftSide?.values
  }
}
