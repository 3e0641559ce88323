extension Interpreter {
  /// The value of an expression.
  func evaluate(_ expression: Expression, in scope: Scope) throws(ChatTemplateError) -> Value {
    try descend()
    defer { ascend() }
    try spend()
    line = expression.line
    switch expression.kind {
    case .literal(let literal): return Value(literal)
    case .name(let name): return lookUp(name, in: scope)
    case .list(let elements): return .list(try makeList(evaluateAll(elements, in: scope)))
    case .tuple(let elements): return .tuple(try makeList(evaluateAll(elements, in: scope)))
    case .dictionary(let members): return try evaluateDictionary(members, in: scope)
    case .negated(let operand): return try negate(evaluate(operand, in: scope))
    case .positive(let operand): return try positive(evaluate(operand, in: scope))
    case .not(let operand): return .bool(!(try evaluate(operand, in: scope).isTrue))
    case .arithmetic(let first, let others): return try evaluateArithmetic(first, others, in: scope)
    case .concatenation(let operands): return try evaluateConcatenation(operands, in: scope)
    case .and(let operands): return try evaluateLogical(operands, endsAt: false, in: scope)
    case .or(let operands): return try evaluateLogical(operands, endsAt: true, in: scope)
    case .comparison(let first, let others): return try evaluateComparison(first, others, in: scope)
    case .conditional(let condition, let value, let otherwise):
      return try evaluateConditional(condition, value, otherwise, in: scope)
    case .access(let base, let accesses): return try evaluate(base, accesses[...], in: scope)
    }
  }

  private func lookUp(_ name: String, in scope: Scope) -> Value {
    if let value = scope.lookUp(name) { return value }
    if let function = GlobalFunction(rawValue: name) { return .callable(.global(function)) }
    return .undefined("'\(name)' is undefined")
  }

  private func evaluateAll(_ expressions: [Expression], in scope: Scope) throws(ChatTemplateError) -> [Value] {
    var values: [Value] = []
    values.reserveCapacity(expressions.count)
    for expression in expressions { values.append(try evaluate(expression, in: scope)) }
    return values
  }

  private func evaluateDictionary(
    _ members: [(key: Expression, value: Expression)], in scope: Scope
  ) throws(ChatTemplateError) -> Value {
    var mapping = Mapping()
    for member in members {
      let key = try evaluate(member.key, in: scope)
      try set(key, to: evaluate(member.value, in: scope), in: &mapping)
    }
    return .dictionary(mapping)
  }

  private func evaluateArithmetic(
    _ first: Expression, _ others: [(operation: Expression.Arithmetic, operand: Expression)], in scope: Scope
  ) throws(ChatTemplateError) -> Value {
    var value = try evaluate(first, in: scope)
    for (operation, operand) in others {
      try spend()
      value = try compute(operation, value, evaluate(operand, in: scope))
    }
    return value
  }

  private func evaluateConcatenation(_ operands: [Expression], in scope: Scope) throws(ChatTemplateError) -> Value {
    var joined = ""
    for operand in operands {
      let part = try text(of: evaluate(operand, in: scope))
      try spend(bytes: part.utf8.count)
      joined += part
    }
    return .string(joined)
  }

  /// The first operand whose truth is `end`, or the last one.
  private func evaluateLogical(
    _ operands: [Expression], endsAt end: Bool, in scope: Scope
  ) throws(ChatTemplateError) -> Value {
    var value = Value.none
    for operand in operands {
      value = try evaluate(operand, in: scope)
      if value.isTrue == end { break }
    }
    return value
  }

  private func evaluateComparison(
    _ first: Expression, _ others: [(comparison: Expression.Comparison, operand: Expression)], in scope: Scope
  ) throws(ChatTemplateError) -> Value {
    var left = try evaluate(first, in: scope)
    for (comparison, operand) in others {
      let right = try evaluate(operand, in: scope)
      if !(try holds(comparison, left, right)) { return .bool(false) }
      left = right
    }
    return .bool(true)
  }

  private func evaluateConditional(
    _ condition: Expression, _ value: Expression, _ otherwise: Expression?, in scope: Scope
  ) throws(ChatTemplateError) -> Value {
    if try evaluate(condition, in: scope).isTrue { return try evaluate(value, in: scope) }
    if let otherwise { return try evaluate(otherwise, in: scope) }
    return .undefined("the inline if-expression has no 'else', and its condition does not hold")
  }
}
