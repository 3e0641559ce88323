import Foundation

extension Value {
  /// Negative, 0 or positive as this number is less than, equal to or greater than another, exactly, whatever their types; nil
  /// for what is not a number.
  func numberOrder(_ other: Value) -> Int? {
    switch (self, other) {
    case (.float(let first), .float(let second)):
      return first.isNaN || second.isNaN ? nil : Self.order(first, second)
    case (.float(let float), _): return Self.order(other, float).map { -$0 }
    case (_, .float(let float)): return Self.order(self, float)
    default: break
    }
    if let first = index, let second = other.index { return Self.order(first, second) }
    guard let first = decimalDigits, let second = other.decimalDigits else { return nil }
    return Self.orderDigits(first, second)
  }

  private static func order<Number: Comparable>(_ first: Number, _ second: Number) -> Int {
    first < second ? -1 : first == second ? 0 : 1
  }

  /// An integer beside a binary64 number.
  private static func order(_ integer: Value, _ float: Double) -> Int? {
    guard let digits = integer.decimalDigits, !float.isNaN else { return nil }
    guard float.isFinite else { return float < 0 ? 1 : -1 }
    let whole = float.rounded(.down)
    // All its digits, which a binary64 number that is whole has.
    let order = orderDigits(digits, whole == 0 ? "0" : String(format: "%.0f", whole))
    return order == 0 && whole < float ? -1 : order
  }

  private var decimalDigits: String? {
    if case .largeInteger(let digits) = self { digits } else { index.map { String($0) } }
  }

  /// Two integers, written without leading zeros.
  private static func orderDigits(_ first: String, _ second: String) -> Int {
    let (isFirstNegative, isSecondNegative) = (first.hasPrefix("-"), second.hasPrefix("-"))
    guard isFirstNegative == isSecondNegative else { return isFirstNegative ? -1 : 1 }
    let lengths = order(first.utf8.count, second.utf8.count)
    let isLess = first.utf8.lexicographicallyPrecedes(second.utf8)
    let magnitudes = lengths != 0 ? lengths : isLess ? -1 : first == second ? 0 : 1
    return isFirstNegative ? -magnitudes : magnitudes
  }
}
