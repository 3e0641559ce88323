/// What `minimum`, `maximum` and their exclusive forms leave of the numbers.
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
      let least = low.isExclusive ? low.value.rounded(.down) + 1 : low.value.rounded(.up)
      guard least <= Double(greatest) else { return nil }
      first = max(first, Int(max(least, -1e18)))
    }
    if let high {
      let most = high.isExclusive ? high.value.rounded(.up) - 1 : high.value.rounded(.down)
      guard most >= -Double(greatest) else { return nil }
      last = min(last, Int(min(most, 1e18)))
    }
    return first <= last ? first...last : nil
  }
}
