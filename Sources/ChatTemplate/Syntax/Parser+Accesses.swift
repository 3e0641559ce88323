extension Parser {
  /// Parses attributes, items and calls behind an operand.
  mutating func parseAccesses() throws(ChatTemplateError) -> [Access] {
    var accesses: [Access] = []
    while true {
      let line = current.line
      switch current.kind {
      case .symbol(.dot):
        advance()
        accesses.append(try parseAttribute(line))
      case .symbol(.leftBracket): accesses.append(try parseItem(line))
      case .symbol(.leftParenthesis): accesses.append(.call(try parseArguments(), line: line))
      default: return accesses
      }
    }
  }

  /// Parses filters, tests and calls behind an operand with its accesses.
  mutating func parseFiltersAndTests() throws(ChatTemplateError) -> [Access] {
    var accesses: [Access] = []
    while true {
      let line = current.line
      switch current.kind {
      case .symbol(.pipe): accesses += try parseFilters(startsWithName: false).map(Access.filter)
      case .name("is"): accesses.append(try parseTest(line))
      case .symbol(.leftParenthesis): accesses.append(.call(try parseArguments(), line: line))
      default: return accesses
      }
    }
  }

  /// Parses `|name(arguments)` as often as it comes, the first without its `|` if `startsWithName`.
  mutating func parseFilters(startsWithName: Bool) throws(ChatTemplateError) -> [Filter] {
    var filters: [Filter] = []
    var comesName = startsWithName
    while comesName || skip(.pipe) {
      comesName = false
      let line = current.line
      let name = try parseDottedName("the name of a filter")
      let arguments = current.kind == .symbol(.leftParenthesis) ? try parseArguments() : Arguments()
      filters.append(Filter(name: name, arguments: arguments, line: line))
    }
    return filters
  }

  private mutating func parseDottedName(_ what: String) throws(ChatTemplateError) -> String {
    var name = try expectName(what)
    while skip(.dot) { name += "." + (try expectName(what)) }
    return name
  }

  private mutating func parseTest(_ line: Int) throws(ChatTemplateError) -> Access {
    advance()
    let isNegated = skip(word: "not")
    let name = try parseDottedName("the name of a test")
    var arguments = Arguments()
    switch current.kind {
    case .symbol(.leftParenthesis): arguments = try parseArguments()
    case .name("else"), .name("or"), .name("and"): break
    case .name("is"): throw error("expected only one test, found another 'is'")
    case .name, .string, .integer, .largeInteger, .float, .symbol(.leftBracket), .symbol(.leftBrace):
      try descend()
      defer { ascend() }
      arguments.positional = [try parseTestOperand()]
    default: break
    }
    return .test(name: name, arguments, isNegated: isNegated, line: line)
  }

  private mutating func parseAttribute(_ line: Int) throws(ChatTemplateError) -> Access {
    switch current.kind {
    case .name(let name):
      advance()
      return .attribute(name, line: line)
    case .integer(let integer):
      advance()
      return .item(Expression(line: line, kind: .literal(.integer(integer))), line: line)
    default: throw unexpected("the name of an attribute")
    }
  }

  private mutating func parseItem(_ line: Int) throws(ChatTemplateError) -> Access {
    try expect(.leftBracket)
    let start = current.kind == .symbol(.colon) ? nil : try parseExpression()
    guard skip(.colon) else {
      guard let start else { throw unexpected("an index") }
      let index = try parseRestOfIndex(start)
      try expect(.rightBracket)
      return .item(index, line: line)
    }
    let stop = try parseSliceBound()
    let step = skip(.colon) ? try parseSliceBound() : nil
    try expect(.rightBracket)
    return .slice(start: start, stop: stop, step: step, line: line)
  }

  /// Parses the other elements of an index with commas in it, which is a tuple.
  private mutating func parseRestOfIndex(_ first: Expression) throws(ChatTemplateError) -> Expression {
    var elements = [first]
    while skip(.comma) { elements.append(try parseExpression()) }
    return elements.count == 1 ? first : Expression(line: first.line, kind: .tuple(elements))
  }

  private mutating func parseSliceBound() throws(ChatTemplateError) -> Expression? {
    switch current.kind {
    case .symbol(.colon), .symbol(.rightBracket): nil
    default: try parseExpression()
    }
  }

  private mutating func parseArguments() throws(ChatTemplateError) -> Arguments {
    var arguments = Arguments()
    try expect(.leftParenthesis)
    while current.kind != .symbol(.rightParenthesis) {
      try parseArgument(into: &arguments)
      guard skip(.comma) else { break }
    }
    try expect(.rightParenthesis)
    return arguments
  }

  private mutating func parseArgument(into arguments: inout Arguments) throws(ChatTemplateError) {
    let misplaced = error("expected positional arguments before named ones, '*' and '**'")
    guard arguments.dictionary == nil else { throw misplaced }
    if skip(.multiply) {
      guard arguments.list == nil else { throw misplaced }
      arguments.list = try parseExpression()
    } else if skip(.power) {
      arguments.dictionary = try parseExpression()
    } else if case .name(let name) = current.kind, following.kind == .symbol(.assign) {
      guard !arguments.named.contains(where: { $0.name == name }) else {
        throw error("expected each argument once, found '\(name)' again")
      }
      advance()
      advance()
      arguments.named.append((name, try parseExpression()))
    } else {
      guard arguments.named.isEmpty, arguments.list == nil else { throw misplaced }
      arguments.positional.append(try parseExpression())
    }
  }
}
