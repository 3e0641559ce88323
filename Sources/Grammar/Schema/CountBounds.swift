/// How many of something there may be.
struct CountBounds: Hashable, Sendable {
  var lower = 0
  var upper: Int?

  var isUnbounded: Bool { lower == 0 && upper == nil }
  var isEmpty: Bool { upper.map { $0 < lower } ?? false }

  func contains(_ count: Int) -> Bool { count >= lower && upper.map { count <= $0 } ?? true }

  func intersection(_ other: CountBounds) -> CountBounds {
    let upper = [upper, other.upper].compactMap { $0 }.min()
    return CountBounds(lower: max(lower, other.lower), upper: upper)
  }
}
