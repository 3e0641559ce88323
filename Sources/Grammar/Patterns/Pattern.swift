/// A regular expression of the ECMAScript kind that `pattern` is written in, without what regular languages lack.
///
/// Anchors are known at the ends of the whole expression's alternatives; look-around, back references, word borders and
/// properties (`\p`) are not.
indirect enum Pattern: Hashable, Sendable {
  case scalars(ScalarSet)
  case sequence([Pattern])
  case choice([Pattern])
  case repeated(Pattern, minimum: Int, maximum: Int?)

  /// One of the whole expression's alternatives.
  struct Alternative: Hashable, Sendable {
    var body: Pattern
    /// Whether it must begin where the text does.
    var startsAtStart: Bool
    /// Whether it must end where the text does.
    var endsAtEnd: Bool
  }

  /// The texts that hold a match, as they are spelled canonically within a JSON string.
  static func expression(_ alternatives: [Alternative]) -> RuleExpression {
    let anything = RuleExpression.star(.scalars(.all))
    return .choice(
      alternatives.map { alternative in
        .sequence(
          (alternative.startsAtStart ? [] : [anything]) + [alternative.body.expression]
            + (alternative.endsAtEnd ? [] : [anything]))
      })
  }

  private var expression: RuleExpression {
    switch self {
    case .scalars(let set): .scalars(set)
    case .sequence(let parts): .sequence(parts.map(\.expression))
    case .choice(let options): .choice(options.map(\.expression))
    case .repeated(let inner, let minimum, let maximum):
      .repeated(inner.expression, minimum: minimum, maximum: maximum)
    }
  }
}
