extension Parser {
  /// The names that stand for values.
  static let constants: [String: Literal] = [
    "true": .bool(true), "True": .bool(true), "false": .bool(false), "False": .bool(false), "none": .none,
    "None": .none,
  ]

  /// Parses an expression, or several with commas between them, which make a tuple.
  mutating func parseTuple(
    allowsConditional: Bool = true, endsAt end: String? = nil, allowsEmpty: Bool = false
  ) throws(ChatTemplateError) -> Expression {
    let line = current.line
    var elements: [Expression] = []
    var isTuple = allowsEmpty && isTupleEnd(end)
    while !isTupleEnd(end) {
      elements.append(allowsConditional ? try parseExpression() : try parseOr())
      guard skip(.comma) else { break }
      isTuple = true
    }
    if isTuple { return Expression(line: line, kind: .tuple(elements)) }
    guard let element = elements.first else { throw unexpected("an expression") }
    return element
  }

  /// Whether no further element of a tuple can stand here.
  func isTupleEnd(_ end: String?) -> Bool {
    switch current.kind {
    case .outputEnd, .statementEnd, .symbol(.rightParenthesis), .end: true
    case .name(let name): name == end
    default: false
    }
  }

  /// Parses `value if condition else otherwise`, or an expression of higher rank.
  mutating func parseExpression() throws(ChatTemplateError) -> Expression {
    try descend()
    defer { ascend() }
    var expression = try parseOr()
    var conditions = 0
    while skip(word: "if") {
      // Each further condition wraps what is in front of it.
      conditions += 1
      try descend()
      let condition = try parseOr()
      let otherwise = skip(word: "else") ? try parseExpression() : nil
      expression = Expression(
        line: expression.line, kind: .conditional(condition: condition, value: expression, otherwise: otherwise))
    }
    for _ in 0..<conditions { ascend() }
    return expression
  }

  mutating func parseOr() throws(ChatTemplateError) -> Expression {
    var operands = [try parseAnd()]
    while skip(word: "or") { operands.append(try parseAnd()) }
    return operands.count == 1 ? operands[0] : Expression(line: operands[0].line, kind: .or(operands))
  }

  private mutating func parseAnd() throws(ChatTemplateError) -> Expression {
    var operands = [try parseNot()]
    while skip(word: "and") { operands.append(try parseNot()) }
    return operands.count == 1 ? operands[0] : Expression(line: operands[0].line, kind: .and(operands))
  }

  private mutating func parseNot() throws(ChatTemplateError) -> Expression {
    let line = current.line
    guard skip(word: "not") else { return try parseComparison() }
    try descend()
    defer { ascend() }
    return Expression(line: line, kind: .not(try parseNot()))
  }

  private mutating func parseComparison() throws(ChatTemplateError) -> Expression {
    let first = try parseSum()
    var others: [(comparison: Expression.Comparison, operand: Expression)] = []
    while let comparison = skipComparison() { others.append((comparison, try parseSum())) }
    return others.isEmpty ? first : Expression(line: first.line, kind: .comparison(first, others))
  }

  private mutating func skipComparison() -> Expression.Comparison? {
    switch current.kind {
    case .symbol(let symbol):
      guard let comparison = Expression.Comparison(rawValue: symbol.rawValue) else { return nil }
      advance()
      return comparison
    case .name("in"):
      advance()
      return .in
    case .name("not") where following.kind == .name("in"):
      advance()
      advance()
      return .notIn
    default: return nil
    }
  }

  private mutating func parseSum() throws(ChatTemplateError) -> Expression {
    let first = try parseConcatenation()
    var others: [(operation: Expression.Arithmetic, operand: Expression)] = []
    while let operation = skipArithmetic([.plus, .minus]) { others.append((operation, try parseConcatenation())) }
    return others.isEmpty ? first : Expression(line: first.line, kind: .arithmetic(first, others))
  }

  private mutating func parseConcatenation() throws(ChatTemplateError) -> Expression {
    var operands = [try parseProduct()]
    while skip(.concatenate) { operands.append(try parseProduct()) }
    return operands.count == 1 ? operands[0] : Expression(line: operands[0].line, kind: .concatenation(operands))
  }

  private mutating func parseProduct() throws(ChatTemplateError) -> Expression {
    let first = try parsePower()
    var others: [(operation: Expression.Arithmetic, operand: Expression)] = []
    while let operation = skipArithmetic([.multiply, .divide, .floorDivide, .modulo]) {
      others.append((operation, try parsePower()))
    }
    return others.isEmpty ? first : Expression(line: first.line, kind: .arithmetic(first, others))
  }

  private mutating func parsePower() throws(ChatTemplateError) -> Expression {
    let first = try parseUnary()
    var others: [(operation: Expression.Arithmetic, operand: Expression)] = []
    while let operation = skipArithmetic([.power]) { others.append((operation, try parseUnary())) }
    return others.isEmpty ? first : Expression(line: first.line, kind: .arithmetic(first, others))
  }

  private mutating func skipArithmetic(_ symbols: [Symbol]) -> Expression.Arithmetic? {
    guard case .symbol(let symbol) = current.kind, symbols.contains(symbol) else { return nil }
    advance()
    return Expression.Arithmetic(rawValue: symbol.rawValue)
  }
}

extension Parser {
  private mutating func parseUnary() throws(ChatTemplateError) -> Expression {
    let operand = try parseSignedOperand()
    let accesses = try parseFiltersAndTests()
    return accesses.isEmpty ? operand : Expression(line: operand.line, kind: .access(operand, accesses))
  }

  /// Parses signs and the operand behind them, which accesses but no filters belong to.
  private mutating func parseSignedOperand() throws(ChatTemplateError) -> Expression {
    let line = current.line
    let isNegated = current.kind == .symbol(.minus)
    guard isNegated || current.kind == .symbol(.plus) else { return try parseOperand() }
    try descend()
    defer { ascend() }
    advance()
    let operand = try parseSignedOperand()
    return Expression(line: line, kind: isNegated ? .negated(operand) : .positive(operand))
  }

  /// Parses what a test compares with when it stands without brackets: an operand with its accesses.
  mutating func parseTestOperand() throws(ChatTemplateError) -> Expression { try parseOperand() }

  private mutating func parseOperand() throws(ChatTemplateError) -> Expression {
    let operand = try parsePrimary()
    let accesses = try parseAccesses()
    return accesses.isEmpty ? operand : Expression(line: operand.line, kind: .access(operand, accesses))
  }

  private mutating func parsePrimary() throws(ChatTemplateError) -> Expression {
    let line = current.line
    switch current.kind {
    case .name(let name):
      advance()
      readNames.insert(name)
      return Expression(line: line, kind: Self.constants[name].map { .literal($0) } ?? .name(name))
    case .string: return Expression(line: line, kind: .literal(.string(parseStrings())))
    case .integer(let integer):
      advance()
      return Expression(line: line, kind: .literal(.integer(integer)))
    case .largeInteger(let digits):
      advance()
      return Expression(line: line, kind: .literal(.largeInteger(digits)))
    case .float(let float):
      advance()
      return Expression(line: line, kind: .literal(.float(float)))
    case .symbol(.leftParenthesis):
      advance()
      let expression = try parseTuple(allowsEmpty: true)
      try expect(.rightParenthesis)
      return expression
    case .symbol(.leftBracket): return try parseList()
    case .symbol(.leftBrace): return try parseDictionary()
    default: throw unexpected("an expression")
    }
  }

  /// Parses strings that stand next to each other, which are one.
  private mutating func parseStrings() -> String {
    var text = ""
    while case .string(let part) = current.kind {
      text += part
      advance()
    }
    return text
  }

  private mutating func parseList() throws(ChatTemplateError) -> Expression {
    let line = current.line
    var elements: [Expression] = []
    advance()
    while current.kind != .symbol(.rightBracket) {
      elements.append(try parseExpression())
      guard skip(.comma) else { break }
    }
    try expect(.rightBracket)
    return Expression(line: line, kind: .list(elements))
  }

  private mutating func parseDictionary() throws(ChatTemplateError) -> Expression {
    let line = current.line
    var members: [(key: Expression, value: Expression)] = []
    advance()
    while current.kind != .symbol(.rightBrace) {
      let key = try parseExpression()
      try expect(.colon)
      members.append((key, try parseExpression()))
      guard skip(.comma) else { break }
    }
    try expect(.rightBrace)
    return Expression(line: line, kind: .dictionary(members))
  }
}
