/// Numbers between two bounds, written without an exponent.
///
/// Bounds and numbers have at most 15 digits, of which a text and its binary64 number keep the same order; so a number
/// that lies within the bounds as a text does so as a binary64 number.
struct DecimalRange {
  private static let digits = 15

  /// The bounds in units of 10 to the power of −`decimals`.
  private let low: Int
  private let high: Int
  private let decimals: Int

  /// - Returns: nil where a bound has too many digits.
  init?(_ bounds: NumberBounds) {
    let given = [bounds.low, bounds.high].compactMap { $0?.value }
    let needed = given.map(Self.decimals).max() ?? 0
    let integerDigits = given.map { String(Int($0.magnitude.rounded(.down)).description).utf8.count }.max() ?? 1
    decimals = min(max(needed, 6), Self.digits - max(integerDigits, 1))
    guard decimals >= needed, decimals >= 0 else { return nil }
    let greatest = JSONNumber.powerOfTen(Self.digits) - 1
    let unit = JSONNumber.powerOfTen(decimals)
    func scaled(_ value: Double) -> Int { Int((value * Double(unit)).rounded()) }
    low = bounds.low.map { scaled($0.value) + ($0.isExclusive ? 1 : 0) } ?? -greatest
    high = bounds.high.map { scaled($0.value) - ($0.isExclusive ? 1 : 0) } ?? greatest
  }

  /// How many decimals the shortest text of a number has, 99 for those beyond what is written here.
  private static func decimals(_ value: Double) -> Int {
    guard value.magnitude < 1e15 else { return 99 }
    return (0...digits).first { count in
      let scaled = value * Double(JSONNumber.powerOfTen(count))
      return scaled.magnitude < 1e15 && scaled.rounded() / Double(JSONNumber.powerOfTen(count)) == value
    } ?? 99
  }

  var expression: RuleExpression {
    var options: [RuleExpression] = []
    if high >= 0 { options.append(naturals(max(0, low), high)) }
    if low < 0, high > -JSONNumber.powerOfTen(Self.digits) {
      let least = max(1, -high)
      if least <= -low { options.append(.sequence([.byte("-"), naturals(least, -low)])) }
    }
    return .choice(options)
  }

  /// From `low` to `high` units, both at least 0: the integer part, and decimals where it is at a border.
  private func naturals(_ low: Int, _ high: Int) -> RuleExpression {
    guard low <= high else { return .nothing }
    let unit = JSONNumber.powerOfTen(decimals)
    let (first, last) = (low / unit, high / unit)
    let (lowRest, highRest) = (low % unit, high % unit)
    if first == last { return .sequence([integers(first, first), fraction(lowRest, highRest)]) }
    var options: [RuleExpression] = [
      .sequence([integers(first, first), fraction(lowRest, unit - 1)]),
      .sequence([integers(last, last), fraction(0, highRest)]),
    ]
    if first + 1 < last { options.append(.sequence([integers(first + 1, last - 1), fraction(0, unit - 1)])) }
    return .choice(options)
  }

  private func integers(_ low: Int, _ high: Int) -> RuleExpression { JSONNumber.integers(low...high) }

  /// A point and decimals from `low` to `high` units; nothing at all for 0, and final zeros may be left out.
  private func fraction(_ low: Int, _ high: Int) -> RuleExpression {
    guard decimals > 0 else { return .sequence([]) }
    var options: [RuleExpression] = low == 0 ? [.sequence([])] : []
    for length in 1...decimals {
      let unit = JSONNumber.powerOfTen(decimals - length)
      let (first, last) = ((low + unit - 1) / unit, high / unit)
      guard first <= last else { continue }
      options.append(
        .sequence([.byte("."), JSONNumber.strings(padded(first, length)[...], padded(last, length)[...])]))
    }
    return .choice(options)
  }

  private func padded(_ number: Int, _ length: Int) -> [UInt8] {
    let digits = Array(String(number).utf8)
    return [UInt8](repeating: 0x30, count: max(0, length - digits.count)) + digits
  }
}
