extension Interpreter {
  /// How a list of statements ended.
  enum Ending {
    case atEnd
    case breakLoop
    case continueLoop
  }

  /// Runs statements in `scope`.
  func run(_ statements: [Statement], in scope: Scope) throws(ChatTemplateError) -> Ending {
    try descend()
    defer { ascend() }
    for statement in statements {
      try spend()
      line = statement.line
      let ending = try run(statement, in: scope)
      if ending != .atEnd { return ending }
    }
    return .atEnd
  }

  private func run(_ statement: Statement, in scope: Scope) throws(ChatTemplateError) -> Ending {
    switch statement.kind {
    case .text(let text): try write(text)
    case .output(let expression): try write(text(of: evaluate(expression, in: scope)))
    case .conditional(let branches, let otherwise): return try runConditional(branches, otherwise, in: scope)
    case .loop(let loop): try run(loop, in: scope)
    case .assignment(let target, let expression): try assign(evaluate(expression, in: scope), to: target, in: scope)
    case .blockAssignment(let target, let filters, let body):
      return try runBlock(body, filters, in: scope) { (value) throws(ChatTemplateError) in
        try self.assign(value, to: target, in: scope)
      }
    case .macro(let definition):
      captureScope(scope)
      scope.variables[definition.name] = .callable(.macro(Macro(definition, scope: scope)))
    case .callBlock(let call, let block): try runCallBlock(call, block, in: scope)
    case .filterBlock(let filters, let body):
      return try runBlock(body, filters, in: scope) { (value) throws(ChatTemplateError) in
        try self.write(self.string(value, "what the filters of a block make"))
      }
    case .with(let values, let body): return try runWith(values, body, in: scope)
    case .generation(let body): try runGeneration(body, in: scope)
    case .breakLoop: return .breakLoop
    case .continueLoop: return .continueLoop
    }
    return .atEnd
  }

  private func runConditional(
    _ branches: [(condition: Expression, body: [Statement])], _ otherwise: [Statement], in scope: Scope
  ) throws(ChatTemplateError) -> Ending {
    for branch in branches where try evaluate(branch.condition, in: scope).isTrue {
      return try run(branch.body, in: scope)
    }
    return try run(otherwise, in: scope)
  }

  /// Runs a body whose text, filtered, is used rather than printed; not where the body leaves the loop around it.
  private func runBlock(
    _ body: [Statement], _ filters: [Filter], in scope: Scope,
    _ use: (Value) throws(ChatTemplateError) -> Void
  ) throws(ChatTemplateError) -> Ending {
    let (text, ending) = try capture { () throws(ChatTemplateError) in
      try self.withScope(in: scope) { (inner) throws(ChatTemplateError) in try self.run(body, in: inner) }
    }
    guard ending == .atEnd else { return ending }
    var value = Value.string(text)
    for filter in filters { value = try apply(filter, to: value, in: scope) }
    try use(value)
    return .atEnd
  }

  private func runWith(
    _ values: [(target: Target, value: Expression)], _ body: [Statement], in scope: Scope
  ) throws(ChatTemplateError) -> Ending {
    try withScope(in: scope) { (inner) throws(ChatTemplateError) in
      for (target, expression) in values {
        try self.assign(self.evaluate(expression, in: scope), to: target, in: inner)
      }
      return try self.run(body, in: inner)
    }
  }

  private func runGeneration(_ body: [Statement], in scope: Scope) throws(ChatTemplateError) {
    _ = try withScope(in: scope) { (inner) throws(ChatTemplateError) in try self.run(body, in: inner) }
  }

  /// Assigns `value` to what `target` names.
  func assign(_ value: Value, to target: Target, in scope: Scope) throws(ChatTemplateError) {
    switch target {
    case .name(let name): scope.variables[name] = value
    case .attribute(let namespaceName, let name):
      guard case .namespace(let namespace)? = scope.lookUp(namespaceName) else {
        throw invalid("expected a namespace to assign an attribute of, but '\(namespaceName)' is none")
      }
      try setAttribute(name, of: &namespace.attributes, to: value)
    case .tuple(let targets):
      let values = try elements(of: value)
      guard values.count == targets.count else {
        throw invalid("expected \(targets.count) values to assign, found \(values.count)")
      }
      for (target, value) in zip(targets, values) { try assign(value, to: target, in: scope) }
    }
  }

  /// Sets an attribute of a namespace.
  func setAttribute(_ name: String, of attributes: inout Mapping, to value: Value) throws(ChatTemplateError) {
    guard !name.hasPrefix("_") else {
      throw invalid("expected an attribute that does not start with '_', found '\(name)'")
    }
    try set(.string(name), to: value, in: &attributes)
  }
}
