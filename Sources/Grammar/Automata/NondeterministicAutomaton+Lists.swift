extension NondeterministicAutomaton {
  /// Members in their order, any that is not required left out, then `rest` as often as one likes.
  mutating func add(
    _ members: [RuleExpression.Member], rest: RuleExpression?, _ separator: RuleExpression, from source: Int
  ) throws(GrammarError) -> Int {
    // The states before the next member: without one before it, and with.
    var untouched: Int? = source
    var started: Int?
    for member in members {
      let begin = try addState()
      if let untouched { addSilent(untouched, begin) }
      if let started { addSilent(try add(separator, from: started), begin) }
      let after = try addState()
      addSilent(try add(member.body, from: begin), after)
      if member.isRequired {
        untouched = nil
      } else if let started {
        addSilent(started, after)
      }
      started = after
    }
    let end = try addState()
    if let rest {
      let begin = try addState()
      if let untouched { addSilent(untouched, begin) }
      if let started { addSilent(try add(separator, from: started), begin) }
      let after = try add(rest, from: begin)
      addSilent(try add(separator, from: after), begin)
      addSilent(after, end)
    }
    if let untouched { addSilent(untouched, end) }
    if let started { addSilent(started, end) }
    return end
  }

  /// Items in their order, `minimum` of them or more, and after the last ones further ones.
  mutating func add(
    _ items: [RuleExpression], minimum: Int, _ separator: RuleExpression,
    rest: (separator: RuleExpression, item: RuleExpression)?, from source: Int
  ) throws(GrammarError) -> Int {
    let end = try addState()
    if minimum == 0 { addSilent(source, end) }
    var current = source
    for (place, item) in items.enumerated() {
      if place > 0 { current = try add(separator, from: current) }
      let after = try addState()
      addSilent(try add(item, from: current), after)
      if place + 1 >= minimum { addSilent(after, end) }
      current = after
    }
    if let rest {
      let before = try add(rest.separator, from: current)
      addSilent(try add(rest.item, from: before), current)
    }
    return end
  }
}
