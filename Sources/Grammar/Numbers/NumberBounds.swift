/// What `minimum`, `maximum` and their exclusive forms, at most 2⁵³ in magnitude, leave of the numbers.
struct NumberBounds: Hashable, Sendable {
  struct Bound: Hashable, Sendable {
    var value: Double
    var isExclusive: Bool
  }

  var low: Bound?
  var high: Bound?

  var isUnbounded: Bool { low == nil && high == nil }

  mutating func limitBelow(_ bound: Bound) {
    guard let low else { return self.low = bound }
    if bound.value > low.value || (bound.value == low.value && bound.isExclusive) { self.low = bound }
  }

  mutating func limitAbove(_ bound: Bound) {
    guard let high else { return self.high = bound }
    if bound.value < high.value || (bound.value == high.value && bound.isExclusive) { self.high = bound }
  }

  func contains(_ value: Double) -> Bool {
    if let low, low.isExclusive ? value <= low.value : value < low.value { return false }
    if let high, high.isExclusive ? value >= high.value : value > high.value { return false }
    return true
  }

  /// The integers within, of at most 18 digits; nil where there is none.
  var integers: ClosedRange<Int>? {
    let greatest = JSONNumber.powerOfTen(JSONNumber.integerDigits) - 1
    var (first, last) = (-greatest, greatest)
    if let low {
      // One more than 2⁵³ is no binary64 number.
      first = max(first, low.isExclusive ? Int(low.value.rounded(.down)) + 1 : Int(low.value.rounded(.up)))
    }
    if let high {
      last = min(last, high.isExclusive ? Int(high.value.rounded(.up)) - 1 : Int(high.value.rounded(.down)))
    }
    return first <= last ? first...last : nil
  }
}
