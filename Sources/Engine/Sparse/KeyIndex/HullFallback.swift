/// Which hulls no index can stand in for, as far as a run has shown.
///
/// An index forgets keys that a hull remembers, so the run is read again when one has to go.
struct HullFallback: Sendable {
  /// The hulls, by their insertion.
  private(set) var needHull: Set<Int> = []

  /// How often a run is read again for one hull alone. Beyond that all indexes go, so that the time lost is bounded.
  private static let patience = 2

  /// Remembers that a hull is needed.
  mutating func note(_ hull: Int, of count: Int) {
    if needHull.count < Self.patience { needHull.insert(hull) } else { needHull = Set(0..<count) }
  }
}
