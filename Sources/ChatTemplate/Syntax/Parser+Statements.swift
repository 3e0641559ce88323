extension Parser {
  /// Parses statements until a tag that starts with one of `ends`, whose name is then the current token, or until the
  /// end of the template if `ends` is empty.
  mutating func parseBody(until ends: [String]) throws(ChatTemplateError) -> [Statement] {
    try descend()
    defer { ascend() }
    var statements: [Statement] = []
    while true {
      let line = current.line
      switch current.kind {
      case .text(let text):
        advance()
        statements.append(Statement(line: line, kind: .text(text)))
      case .outputBegin:
        advance()
        statements.append(Statement(line: line, kind: .output(try parseTuple())))
        try expect(.outputEnd)
      case .statementBegin:
        advance()
        if case .name(let name) = current.kind, ends.contains(name) { return statements }
        statements += try parseStatement()
        try expect(.statementEnd)
      default:
        if current.kind == .end, ends.isEmpty { return statements }
        throw unexpected(ends.isEmpty ? "text or a tag" : ends.map { "'{% \($0) %}'" }.joined(separator: " or "))
      }
    }
  }

  /// Parses the end of a tag and the body behind it; the current token is then the name that ended it.
  private mutating func parseBlock(until ends: [String]) throws(ChatTemplateError) -> [Statement] {
    _ = skip(.colon)
    try expect(.statementEnd)
    return try parseBody(until: ends)
  }

  /// Parses a block that can only end in one way, and the name that ends it.
  private mutating func parseWholeBlock(until end: String) throws(ChatTemplateError) -> [Statement] {
    let body = try parseBlock(until: [end])
    advance()
    return body
  }

  /// Parses one statement; `{% print a, b %}` is several.
  private mutating func parseStatement() throws(ChatTemplateError) -> [Statement] {
    let line = current.line
    let name = try expectName("the name of a statement")
    if name == "print" { return try parsePrint() }
    return [Statement(line: line, kind: try parseStatement(name, line))]
  }

  private mutating func parseStatement(_ name: String, _ line: Int) throws(ChatTemplateError) -> Statement.Kind {
    switch name {
    case "if": return try parseConditional()
    case "for": return try parseLoop()
    case "set": return try parseAssignment()
    case "macro": return try parseMacro()
    case "call": return try parseCallBlock(line)
    case "filter":
      let filters = try parseFilters(startsWithName: true)
      return .filterBlock(filters, try parseWholeBlock(until: "endfilter"))
    case "with": return try parseWith()
    case "generation": return .generation(try parseWholeBlock(until: "endgeneration"))
    case "break", "continue":
      guard openLoops > 0 else { throw error("expected '\(name)' inside of a loop", line: line) }
      return name == "break" ? .breakLoop : .continueLoop
    case "block", "extends", "include", "import", "from", "autoescape":
      throw error("the statement '\(name)' is not supported in chat templates", .unsupported, line: line)
    default: throw error("expected a statement, found '\(name)'", line: line)
    }
  }

  private mutating func parsePrint() throws(ChatTemplateError) -> [Statement] {
    var statements: [Statement] = []
    while current.kind != .statementEnd {
      if !statements.isEmpty { try expect(.comma) }
      let expression = try parseExpression()
      statements.append(Statement(line: expression.line, kind: .output(expression)))
    }
    return statements
  }

  private mutating func parseConditional() throws(ChatTemplateError) -> Statement.Kind {
    var branches: [(condition: Expression, body: [Statement])] = []
    while true {
      let condition = try parseTuple(allowsConditional: false)
      branches.append((condition, try parseBlock(until: ["elif", "else", "endif"])))
      let end = try expectName("the name of a statement")
      if end == "elif" { continue }
      let otherwise = end == "else" ? try parseWholeBlock(until: "endif") : []
      return .conditional(branches, otherwise: otherwise)
    }
  }

  private mutating func parseLoop() throws(ChatTemplateError) -> Statement.Kind {
    let target = try parseTarget(endsAt: "in", allowsAttribute: false)
    try expect(.name("in"))
    let sequence = try parseTuple(allowsConditional: false, endsAt: "recursive")
    let condition = skip(word: "if") ? try parseExpression() : nil
    let isRecursive = skip(word: "recursive")
    openLoops += 1
    let body = try parseBlock(until: ["endfor", "else"])
    openLoops -= 1
    let end = try expectName("the name of a statement")
    let otherwise = end == "else" ? try parseWholeBlock(until: "endfor") : []
    return .loop(
      Loop(
        target: target, sequence: sequence, condition: condition, isRecursive: isRecursive, body: body,
        otherwise: otherwise))
  }

  private mutating func parseAssignment() throws(ChatTemplateError) -> Statement.Kind {
    let target = try parseTarget(allowsAttribute: true)
    if skip(.assign) { return .assignment(target, try parseTuple()) }
    let filters = try parseFilters(startsWithName: false)
    return .blockAssignment(target, filters, try parseWholeBlock(until: "endset"))
  }

  private mutating func parseWith() throws(ChatTemplateError) -> Statement.Kind {
    var values: [(target: Target, value: Expression)] = []
    while current.kind != .statementEnd {
      if !values.isEmpty { try expect(.comma) }
      let target = try parseTarget(allowsAttribute: false)
      try expect(.assign)
      values.append((target, try parseExpression()))
    }
    return .with(values, try parseWholeBlock(until: "endwith"))
  }
}

extension Parser {
  private mutating func parseMacro() throws(ChatTemplateError) -> Statement.Kind {
    let name = try parseNewName()
    let parameters = try parseParameters()
    return .macro(try parseMacro(name, parameters, until: "endmacro"))
  }

  private mutating func parseCallBlock(_ line: Int) throws(ChatTemplateError) -> Statement.Kind {
    let parameters = current.kind == .symbol(.leftParenthesis) ? try parseParameters() : []
    let call = try parseExpression()
    guard case .access(_, let accesses) = call.kind, case .call = accesses.last else {
      throw error("expected the call of a macro", line: line)
    }
    return .callBlock(call, try parseMacro("caller", parameters, until: "endcall"))
  }

  /// Parses the body of a macro, which is in no loop and reads its own names.
  private mutating func parseMacro(
    _ name: String, _ parameters: [(name: String, defaultValue: Expression?)], until end: String
  ) throws(ChatTemplateError) -> MacroDefinition {
    var (outerLoops, outerNames) = (openLoops, readNames)
    (openLoops, readNames) = (0, [])
    defer {
      openLoops = outerLoops
      // The smaller set into the larger: a template may have a macro for every few of its bytes.
      outerNames.formUnion(readNames)
      readNames = outerNames
    }
    let body = try parseWholeBlock(until: end)
    return MacroDefinition(name: name, parameters: parameters, body: body, readNames: readNames)
  }

  private mutating func parseParameters() throws(ChatTemplateError) -> [(name: String, defaultValue: Expression?)] {
    var parameters: [(name: String, defaultValue: Expression?)] = []
    try expect(.leftParenthesis)
    while current.kind != .symbol(.rightParenthesis) {
      if !parameters.isEmpty { try expect(.comma) }
      let name = try parseNewName()
      if parameters.contains(where: { $0.name == name }) {
        throw error("expected each parameter once, found '\(name)' again")
      }
      if skip(.assign) {
        parameters.append((name, try parseExpression()))
      } else if parameters.last?.defaultValue != nil {
        throw error("expected a default for '\(name)', as for the parameter in front of it")
      } else {
        parameters.append((name, nil))
      }
    }
    try expect(.rightParenthesis)
    return parameters
  }

  /// Parses what is assigned to: a name, an attribute of a namespace, or several with commas between them.
  private mutating func parseTarget(
    endsAt end: String? = nil, allowsAttribute: Bool
  ) throws(ChatTemplateError) -> Target {
    var targets: [Target] = []
    var isTuple = false
    repeat {
      if !targets.isEmpty, isTupleEnd(end) { break }
      targets.append(try parseSingleTarget(allowsAttribute: allowsAttribute))
      isTuple = isTuple || current.kind == .symbol(.comma)
    } while skip(.comma)
    return targets.count == 1 && !isTuple ? targets[0] : .tuple(targets)
  }

  private mutating func parseSingleTarget(allowsAttribute: Bool) throws(ChatTemplateError) -> Target {
    if skip(.leftParenthesis) {
      try descend()
      defer { ascend() }
      let target = try parseTarget(allowsAttribute: allowsAttribute)
      try expect(.rightParenthesis)
      return target
    }
    let name = try parseNewName()
    guard allowsAttribute, skip(.dot) else { return .name(name) }
    return .attribute(namespace: name, name: try expectName("the name of an attribute"))
  }

  /// Reads a name that may be assigned to.
  private mutating func parseNewName() throws(ChatTemplateError) -> String {
    if case .name(let name) = current.kind, Self.constants[name] != nil {
      throw error("expected a name to assign to, found the constant '\(name)'")
    }
    return try expectName("a name to assign to")
  }
}
