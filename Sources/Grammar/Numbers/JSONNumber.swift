/// Numbers as JSON writes them, within what every reader reads exactly or as a finite number.
enum JSONNumber {
  /// The digits of the longest integer: all of its values fit in 64 bits.
  static let integerDigits = 18

  private static let digit = RuleExpression.bytes([0x30...0x39], .none)
  private static let nonzero = RuleExpression.bytes([0x31...0x39], .none)

  /// The digits of a natural number.
  private static func natural(_ length: Int) -> RuleExpression {
    .choice([.byte("0"), .sequence([nonzero, .repeated(digit, minimum: 0, maximum: length - 1)])])
  }

  /// Integers of at most 18 digits.
  static let anyInteger = RuleExpression.sequence([.optional(.byte("-")), natural(integerDigits)])

  /// Numbers of at most 18 digits, 17 decimals, and a two-digit exponent.
  static let any = RuleExpression.sequence([
    anyInteger,
    .optional(.sequence([.byte("."), .repeated(digit, minimum: 1, maximum: 17)])),
    .optional(
      .sequence([
        .bytes([0x45...0x45, 0x65...0x65], .none), .optional(.bytes([0x2B...0x2B, 0x2D...0x2D], .none)),
        .repeated(digit, minimum: 1, maximum: 2),
      ])),
  ])

  /// The integers from `low` to `high`, at most 18 digits each.
  static func integers(_ range: ClosedRange<Int>) -> RuleExpression {
    var options: [RuleExpression] = []
    if range.upperBound >= 0 { options.append(naturals(max(0, range.lowerBound)...range.upperBound)) }
    if range.lowerBound < 0 {
      options.append(.sequence([.byte("-"), naturals(max(1, -range.upperBound)...(-range.lowerBound))]))
    }
    return .choice(options)
  }

  private static func naturals(_ range: ClosedRange<Int>) -> RuleExpression {
    var options: [RuleExpression] = []
    var low = range.lowerBound
    while low <= range.upperBound {
      let digits = String(low).utf8.count
      let longest = digits > integerDigits ? Int.max : powerOfTen(digits) - 1
      let high = min(range.upperBound, longest)
      options.append(strings(Array(String(low).utf8)[...], Array(String(high).utf8)[...]))
      guard high < range.upperBound else { break }
      low = high + 1
    }
    return .choice(options)
  }

  /// The strings of digits from `low` to `high`, all of one length.
  static func strings(_ low: ArraySlice<UInt8>, _ high: ArraySlice<UInt8>) -> RuleExpression {
    guard let first = low.first, let last = high.first else { return .sequence([]) }
    let (lowRest, highRest) = (low.dropFirst(), high.dropFirst())
    if lowRest.allSatisfy({ $0 == 0x30 }), highRest.allSatisfy({ $0 == 0x39 }) {
      return .sequence([
        .bytes([first...last], .none), .repeated(digit, minimum: lowRest.count, maximum: lowRest.count),
      ])
    }
    if first == last { return .sequence([.bytes([first...first], .none), strings(lowRest, highRest)]) }
    let nines = ArraySlice(repeating: UInt8(0x39), count: lowRest.count)
    let zeros = ArraySlice(repeating: UInt8(0x30), count: lowRest.count)
    var options: [RuleExpression] = [
      .sequence([.bytes([first...first], .none), strings(lowRest, nines)]),
      .sequence([.bytes([last...last], .none), strings(zeros, highRest)]),
    ]
    if first + 1 < last {
      options.append(
        .sequence([
          .bytes([first + 1...last - 1], .none), .repeated(digit, minimum: lowRest.count, maximum: lowRest.count),
        ]))
    }
    return .choice(options)
  }

  /// 10 to the power of `exponent`, from 0 to 18.
  static func powerOfTen(_ exponent: Int) -> Int { (0..<exponent).reduce(1) { power, _ in power * 10 } }

  /// The integers that `divisor` divides, as texts without a sign or with one.
  static func multiples(of divisor: Int) -> RuleAutomaton {
    // State 0 is the start, 1 comes after a minus, 2 and on are the remainders of what was read.
    var states = [RuleAutomaton.State(), RuleAutomaton.State()]
    let minus = UInt8(ascii: "-")
    states[0].edges = [.init(low: minus, high: minus, effect: .none, target: 1)] + digitEdges(0, divisor)
    states[1].edges = digitEdges(0, divisor)
    for remainder in 0..<divisor {
      states.append(.init(edges: digitEdges(remainder, divisor), isAccepting: remainder == 0))
    }
    return RuleAutomaton(states: states)
  }

  private static func digitEdges(_ remainder: Int, _ divisor: Int) -> [RuleAutomaton.Edge] {
    (0...9).map { digit in
      let byte = UInt8(0x30 + digit)
      return .init(low: byte, high: byte, effect: .none, target: 2 + (remainder * 10 + digit) % divisor)
    }
  }
}
