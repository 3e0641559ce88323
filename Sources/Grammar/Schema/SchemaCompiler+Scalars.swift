import ChatTemplate

extension SchemaCompiler {
  mutating func integers(_ way: Assertions) throws(GrammarError) -> RuleExpression {
    if way.numbers.isUnbounded, way.divisors.isEmpty { return .rule(common.integer) }
    guard let range = way.numbers.integers else { return .nothing }
    guard !way.divisors.isEmpty else { return JSONNumber.integers(range) }
    // Validators divide binary64 numbers, of which those of more digits are rounded.
    let greatest = JSONNumber.powerOfTen(15)
    guard range.overlaps(-greatest...greatest) else { return .nothing }
    let exact = range.clamped(to: -greatest...greatest)
    return .automaton(
      try located(way) { budget throws(GrammarError) in
        var automaton = try Determinization.automaton(JSONNumber.integers(exact), &budget)
        for divisor in way.divisors {
          automaton = try automaton.intersection(JSONNumber.multiples(of: divisor), &budget)
        }
        return automaton
      })
  }

  mutating func numbers(_ way: Assertions) throws(GrammarError) -> RuleExpression {
    guard way.divisors.isEmpty else { return try integers(way) }
    if way.numbers.isUnbounded { return .rule(common.number) }
    guard let range = DecimalRange(way.numbers) else {
      throw GrammarError(.unsupported, way.pointer, "expected bounds of numbers with at most 15 digits")
    }
    return range.expression
  }

  mutating func strings(_ way: Assertions) throws(GrammarError) -> RuleExpression {
    let length = way.length
    if length.isEmpty { return .nothing }
    guard !way.patterns.isEmpty else {
      return .call(
        RuleCall(
          entry: .rule(common.string), lower: Int32(length.lower), upper: length.upper.map(Int32.init) ?? .max))
    }
    return .sequence([.byte("\""), .automaton(try content(way)), .byte("\"")])
  }

  /// What may stand between the quotes.
  private mutating func content(_ way: Assertions) throws(GrammarError) -> RuleAutomaton {
    try located(way) { budget throws(GrammarError) in
      var result: RuleAutomaton?
      for pattern in way.patterns {
        let automaton = try Determinization.automaton(Pattern.expression(pattern), &budget)
        result = try result?.intersection(automaton, &budget) ?? automaton
      }
      if !way.length.isUnbounded {
        let counted = RuleExpression.repeated(
          .scalars(.all), minimum: way.length.lower, maximum: way.length.upper)
        let automaton = try Determinization.automaton(counted, &budget)
        result = try result?.intersection(automaton, &budget) ?? automaton
      }
      return result ?? RuleAutomaton(states: [.init(isAccepting: true)])
    }
  }

  /// The result of `body`, its errors placed at the schema.
  mutating func located<Result>(
    _ way: Assertions, _ body: (inout WorkBudget) throws(GrammarError) -> Result
  ) throws(GrammarError) -> Result {
    do {
      return try body(&table.budget)
    } catch {
      throw GrammarError(error.kind, way.pointer, error.message)
    }
  }

  /// The values of `enum` and `const` that satisfy the keywords beside them.
  mutating func constants(_ way: Assertions) throws(GrammarError) -> [RuleExpression] {
    var options: [RuleExpression] = []
    // Made once for all strings.
    var content: RuleAutomaton?
    for value in way.values ?? [] where try admits(value, way, &content) {
      options.append(try constant(value, way.path))
    }
    return options
  }

  private mutating func admits(
    _ value: JSONValue, _ way: Assertions, _ content: inout RuleAutomaton?
  ) throws(GrammarError) -> Bool {
    if let kinds = way.kinds, !kinds.contains(JSONKind(value)) { return false }
    switch value {
    case .integer, .largeInteger, .number:
      guard let number = value.doubleValue, way.numbers.contains(number) else { return false }
      return way.divisors.allSatisfy { number.truncatingRemainder(dividingBy: Double($0)) == 0 }
    case .string(let text):
      guard way.length.contains(text.unicodeScalars.count) else { return false }
      if way.patterns.isEmpty { return true }
      if content == nil { content = try self.content(way) }
      return content?.accepts(JSONText.canonical(text).dropFirst().dropLast()) ?? false
    case .array where !way.arrays.isEmpty || !way.itemCount.isUnbounded,
      .object where !way.objects.isEmpty || !way.required.names.isEmpty || !way.memberCount.isUnbounded:
      throw GrammarError(
        .unsupported, way.pointer, "expected no keywords about members or items beside constants that have them")
    default: return true
    }
  }

  private func constant(_ value: JSONValue, _ path: SchemaPath, depth: Int = 0) throws(GrammarError) -> RuleExpression {
    guard depth < 64 else { throw GrammarError(.tooLarge, path.pointer, "expected constants of at most 64 levels") }
    if case .number(let number) = value, !number.isFinite {
      throw GrammarError(.unsupported, path.pointer, "expected numbers in the range of binary64 as constants")
    }
    if let text = JSONText.canonical(scalar: value) { return .literal(text) }
    var parts: [RuleExpression] = []
    if let elements = value.arrayValue {
      for element in elements { parts.append(try constant(element, path, depth: depth + 1)) }
    }
    for (name, member) in value.objectValue ?? JSONObject() {
      let text = try constant(member, path, depth: depth + 1)
      parts.append(.sequence([.literal(JSONText.canonical(name)), common.gap, .byte(":"), common.gap, text]))
    }
    let isObject = value.objectValue != nil
    let inside =
      parts.isEmpty
      ? []
      : [
        RuleExpression.elements(parts, minimum: parts.count, by: common.comma(), rest: nil), common.gap,
      ]
    return .sequence([.byte(isObject ? "{" : "["), common.gap] + inside + [.byte(isObject ? "}" : "]")])
  }
}
