/// A set of byte strings with calls of rules in them: what the body of a rule is written in.
indirect enum RuleExpression: Sendable {
  /// One byte of these ranges.
  case bytes([ClosedRange<UInt8>], ByteEffect)
  case literal([UInt8])
  /// The canonical spelling within a JSON string of one of these scalars.
  case scalars(ScalarSet)
  case sequence([RuleExpression])
  /// One of them; of none, no string at all.
  case choice([RuleExpression])
  case optional(RuleExpression)
  /// Any number of times, zero included.
  case star(RuleExpression)
  /// From `minimum` to `maximum` times; as often as one likes where that is nil.
  case repeated(RuleExpression, minimum: Int, maximum: Int?)
  /// One or more times, with the separator in between.
  case separated(RuleExpression, by: RuleExpression)
  /// Some of the parts, in their order, with the separator in between; then `rest` as often as one likes.
  case members([Member], rest: RuleExpression?, by: RuleExpression)
  /// The first `minimum` or more of the parts with the separator in between; after all of them, a separator and `rest`
  /// as often as one likes.
  case elements(
    [RuleExpression], minimum: Int, by: RuleExpression, rest: (separator: RuleExpression, item: RuleExpression)?)
  /// What another automaton accepts.
  case automaton(RuleAutomaton)
  case call(RuleCall)

  /// A part that may be left out unless it is required.
  struct Member: Sendable {
    var body: RuleExpression
    var isRequired: Bool
  }
}

/// What reading a byte does to the bounds that its rule was called with.
enum ByteEffect: UInt8, Hashable, Sendable {
  case none
  /// One more of what is counted begins: not beyond the upper bound.
  case counts
  /// The counting ends: not below the lower bound.
  case closes
}

/// A rule at work inside another, with the number of things that it may count.
struct RuleCall: Hashable, Sendable {
  /// Where a call goes.
  enum Entry: Hashable, Sendable {
    /// To the start of the rule with this number.
    case rule(Int)
    /// To this state of the common rules.
    case commonState(Int)
  }

  /// No upper bound.
  static let unlimited = Int32.max

  var entry: Entry
  var lower: Int32 = 0
  var upper: Int32 = RuleCall.unlimited
}

extension RuleExpression {
  static func byte(_ character: Unicode.Scalar, _ effect: ByteEffect = .none) -> RuleExpression {
    let byte = UInt8(truncatingIfNeeded: character.value)
    return .bytes([byte...byte], effect)
  }

  static func text(_ text: String) -> RuleExpression { .literal(Array(text.utf8)) }

  static func rule(_ number: Int) -> RuleExpression { .call(RuleCall(entry: .rule(number))) }

  /// No string at all.
  static var nothing: RuleExpression { .choice([]) }
}
