/// What a run needs to go on with a hull where an index cannot: an index forgets keys that hulls remember, so the tokens are read again.
struct HullFallback: Sendable {
  /// The tokens read so far, as long as there is an index.
  var tokens: [Int32] = []
  /// The hulls that no index stands in for.
  private(set) var needHull: Set<Int> = []

  /// How often a run is read again for one hull alone. Beyond that all indexes go, so that the time lost is bounded.
  private static let patience = 2

  /// Remembers that a hull is needed.
  mutating func note(_ hull: Int, of count: Int) {
    if needHull.count < Self.patience { needHull.insert(hull) } else { needHull = Set(0..<count) }
  }
}
