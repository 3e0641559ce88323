import Foundation

/// What is known of a number, whatever the tokens: bounds, and a power of two of which it is a multiple.
///
/// A multiple of 2^q up to 2^(53 + q) in magnitude is a binary64 number. So where all results of an addition in any order are such
/// multiples within such bounds, nothing is rounded. And rounding keeps multiples of a power of two what they are.
struct NumberRange: Hashable, Sendable {
  let lowest: Double
  let highest: Double
  /// The exponent of that power; nil when none is known.
  let quantum: Int?

  /// Any number, infinities and those that are none included.
  static let unknown = NumberRange(lowest: -.infinity, highest: .infinity, quantum: nil)
  static let zero = NumberRange(0)

  /// Zero is a multiple of everything.
  private static let quantumOfZero = 4000
  /// Bounds and quanta beyond these are not followed, so that nothing overflows or loses digits at the lower end.
  private static let greatestExponent = 900

  init(lowest: Double, highest: Double, quantum: Int?) {
    let isInReach = max(-lowest, highest) < scalbn(1, Self.greatestExponent) && lowest <= highest
    self.lowest = isInReach ? lowest : -.infinity
    self.highest = isInReach ? highest : .infinity
    self.quantum = isInReach ? quantum.flatMap { $0 >= -Self.greatestExponent ? $0 : nil } : nil
  }

  /// One number.
  init(_ number: Double) {
    self.init(lowest: number, highest: number, quantum: Self.quantum(of: number))
  }

  /// Any of some numbers; unknown when there are none.
  init(_ numbers: some Sequence<Double>) {
    var all: NumberRange?
    for number in numbers { all = all.map { $0.union(NumberRange(number)) } ?? NumberRange(number) }
    self = all ?? .unknown
  }

  private static func quantum(of number: Double) -> Int? {
    if number == 0 { return quantumOfZero }
    guard number.isNormal else { return nil }
    return Int(number.exponent) - 52 + (number.significandBitPattern | 1 << 52).trailingZeroBitCount
  }

  /// Whether there are bounds.
  var isBounded: Bool { highest < .infinity }

  var magnitude: Double { max(-lowest, highest) }

  /// Whether every such multiple within the bounds is a binary64 number.
  var isRepresentable: Bool {
    quantum.map { magnitude <= scalbn(1, 53 + $0) } ?? false
  }

  func union(_ other: NumberRange) -> NumberRange {
    NumberRange(
      lowest: min(lowest, other.lowest), highest: max(highest, other.highest),
      quantum: quantum.flatMap { own in other.quantum.map { min(own, $0) } })
  }

  /// What is known of a number of which both are known.
  func intersection(_ other: NumberRange) -> NumberRange {
    NumberRange(
      lowest: max(lowest, other.lowest), highest: min(highest, other.highest),
      quantum: [quantum, other.quantum].compactMap { $0 }.max())
  }
}

// What operations make of it.
extension NumberRange {
  /// What is known of a product before it is rounded.
  static func unroundedProduct(_ left: NumberRange, _ right: NumberRange) -> NumberRange {
    guard left.isBounded, right.isBounded else { return .unknown }
    let ends = [
      left.lowest * right.lowest, left.lowest * right.highest, left.highest * right.lowest,
      left.highest * right.highest,
    ]
    let quantum = left.quantum.flatMap { own in right.quantum.map { min(own + $0, quantumOfZero) } }
    return NumberRange(lowest: ends.min() ?? 0, highest: ends.max() ?? 0, quantum: quantum)
  }

  /// What is known of a sum before it is rounded.
  static func unroundedSum(_ left: NumberRange, _ right: NumberRange) -> NumberRange {
    guard left.isBounded, right.isBounded else { return .unknown }
    let quantum = left.quantum.flatMap { own in right.quantum.map { min(own, $0) } }
    return NumberRange(lowest: left.lowest + right.lowest, highest: left.highest + right.highest, quantum: quantum)
  }

  /// The product as it is computed.
  static func * (left: NumberRange, right: NumberRange) -> NumberRange { unroundedProduct(left, right).rounded }

  /// The sum as it is computed.
  static func + (left: NumberRange, right: NumberRange) -> NumberRange { unroundedSum(left, right).rounded }

  /// The same after rounding: a little wider where something may be rounded, and far from zero a multiple of what digits are left.
  var rounded: NumberRange {
    if isRepresentable || !isBounded { return self }
    let reach = magnitude * 0x1p-50 + 0x1p-1000
    let lowest = lowest - reach
    let highest = highest + reach
    let least = max(lowest, -highest)
    let digits = least >= 0x1p-800 ? Int(least.exponent) - 52 : nil
    return NumberRange(lowest: lowest, highest: highest, quantum: [quantum, digits].compactMap { $0 }.max())
  }

  /// relu.
  var opened: NumberRange {
    NumberRange(lowest: max(lowest, 0), highest: max(highest, 0), quantum: quantum)
  }

  /// A mean of up to 2²⁶ such numbers, added one after the other.
  var mean: NumberRange {
    let reach = magnitude * 0x1p-20
    return NumberRange(lowest: lowest - reach, highest: highest + reach, quantum: nil)
  }

  /// Whether numbers can be added in any order, each with its product rounded or not, without rounding.
  static func canAddInAnyOrder(_ parts: some Sequence<NumberRange>) -> Bool {
    var magnitude = 0.0
    var quantum = quantumOfZero
    for part in parts {
      guard let own = part.quantum else { return false }
      magnitude += part.magnitude
      quantum = min(quantum, own)
    }
    // The bounds' own sum may be rounded down by less than that.
    return magnitude * (1 + 0x1p-40) <= scalbn(1, 53 + quantum)
  }
}
