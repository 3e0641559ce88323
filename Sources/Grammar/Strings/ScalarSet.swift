/// A set of Unicode scalars as ascending ranges that do not touch.
struct ScalarSet: Hashable, Sendable {
  private(set) var ranges: [ClosedRange<UInt32>]

  static let surrogates: ClosedRange<UInt32> = 0xD800...0xDFFF
  static let all = ScalarSet([0...0x10FFFF])

  /// The scalars of `ranges`, which may overlap; surrogates are left out.
  init(_ ranges: [ClosedRange<UInt32>]) {
    var merged: [ClosedRange<UInt32>] = []
    for range in ranges.flatMap(Self.withoutSurrogates).sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = merged.last, range.lowerBound <= last.upperBound + 1 {
        merged[merged.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
      } else {
        merged.append(range)
      }
    }
    self.ranges = merged
  }

  init(_ scalars: Unicode.Scalar...) {
    self.init(scalars.map { $0.value...$0.value })
  }

  private static func withoutSurrogates(_ range: ClosedRange<UInt32>) -> [ClosedRange<UInt32>] {
    guard range.overlaps(surrogates) else { return [range] }
    var parts: [ClosedRange<UInt32>] = []
    if range.lowerBound < surrogates.lowerBound { parts.append(range.lowerBound...surrogates.lowerBound - 1) }
    if range.upperBound > surrogates.upperBound { parts.append(surrogates.upperBound + 1...range.upperBound) }
    return parts
  }

  /// All scalars that are not in it.
  var complement: ScalarSet {
    var gaps: [ClosedRange<UInt32>] = []
    var next: UInt32 = 0
    for range in ranges {
      if range.lowerBound > next { gaps.append(next...range.lowerBound - 1) }
      next = range.upperBound + 1
    }
    if next <= 0x10FFFF { gaps.append(next...0x10FFFF) }
    return ScalarSet(gaps)
  }

  func union(_ other: ScalarSet) -> ScalarSet { ScalarSet(ranges + other.ranges) }

  func subtracting(_ other: ScalarSet) -> ScalarSet { complement.union(other).complement }

  func intersection(_ other: ScalarSet) -> ScalarSet { complement.union(other.complement).complement }
}
