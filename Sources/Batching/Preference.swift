/// What the policy looks at when it chooses among waiting requests; the least goes first.
struct Preference: Hashable, Comparable, Sendable {
  var priority: Int
  var programLevel: Int
  /// Whole pages that need not be computed, where the policy looks at them.
  var cachedPages: Int

  static func < (one: Self, other: Self) -> Bool {
    (-one.priority, one.programLevel, -one.cachedPages) < (-other.priority, other.programLevel, -other.cachedPages)
  }
}
