/// What a head remembers of keys that cannot be told apart by a query: one value and one number,
/// whatever the number of keys. 24 bytes.
public struct TiedValues: Sendable, Hashable {
  // Two numbers rather than a vector, whose alignment would cost a third more memory.
  private var x: Double
  private var y: Double

  /// The position of the value inserted last (`TieRule.latest`), or the number of values (`TieRule.average`).
  public private(set) var positionOrCount: Int

  /// The value inserted last (`TieRule.latest`), or the sum of all values (`TieRule.average`).
  ///
  /// The sum is a plain binary64 sum. It is exact, whatever the order of addition, when the values are
  /// integers and the absolute values sum to at most 2⁵³.
  @inline(__always)
  public var combined: SIMD2<Double> {
    SIMD2(x, y)
  }

  /// The share of one key alone.
  ///
  /// - Parameters:
  ///   - value: The value stored with the key.
  ///   - position: The key's place in the order of insertion, from 0.
  ///   - rule: The rule of the head, which decides what `positionOrCount` means.
  @inline(__always)
  init(value: SIMD2<Double>, position: Int, rule: TieRule) {
    x = value.x
    y = value.y
    positionOrCount = rule == .latest ? position : 1
  }

  /// Takes in the values of keys that tie with these.
  @inline(__always)
  mutating func merge(_ other: TiedValues, rule: TieRule) {
    switch rule {
    case .latest:
      if other.positionOrCount > positionOrCount { self = other }
    case .average:
      x += other.x
      y += other.y
      positionOrCount += other.positionOrCount
    }
  }

  /// The value a query returns when exactly these keys win it.
  @inline(__always)
  public func resolved(by rule: TieRule) -> SIMD2<Double> {
    switch rule {
    case .latest: combined
    case .average: combined / Double(positionOrCount)
    }
  }
}

extension Optional where Wrapped == TiedValues {
  /// Takes in the values of keys that tie with these, if there are any yet.
  @inline(__always)
  mutating func merge(_ other: TiedValues, rule: TieRule) {
    if self == nil { self = other } else { self?.merge(other, rule: rule) }
  }
}
