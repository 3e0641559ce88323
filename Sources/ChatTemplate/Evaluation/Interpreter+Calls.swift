/// The arguments of a call, evaluated.
struct CallArguments {
  var positional: [Value] = []
  var named: [(name: String, value: Value)] = []

  /// The value of the named argument, which is taken out.
  mutating func take(_ name: String) -> Value? {
    guard let index = named.firstIndex(where: { $0.name == name }) else { return nil }
    return named.remove(at: index).value
  }
}

extension Interpreter {
  /// Evaluates the arguments of a call.
  func evaluate(_ arguments: Arguments, in scope: Scope) throws(ChatTemplateError) -> CallArguments {
    var values = CallArguments()
    for argument in arguments.positional { values.positional.append(try evaluate(argument, in: scope)) }
    if let list = arguments.list { values.positional += try elements(of: evaluate(list, in: scope)) }
    for argument in arguments.named { values.named.append((argument.name, try evaluate(argument.value, in: scope))) }
    if let dictionary = arguments.dictionary {
      guard case .dictionary(let mapping) = try evaluate(dictionary, in: scope) else {
        throw invalid("expected a dictionary behind '**'")
      }
      try spend(steps: mapping.count)
      for (key, value) in zip(mapping.keys, mapping.values) { values.named.append((try text(of: key), value)) }
    }
    return values
  }

  /// The arguments in the order of `names`, nil for those that are not given.
  func bind(
    _ arguments: CallArguments, to names: [String], of function: String
  ) throws(ChatTemplateError) -> [Value?] {
    guard arguments.positional.count <= names.count else {
      throw invalid("expected at most \(names.count) arguments for '\(function)', found \(arguments.positional.count)")
    }
    var values: [Value?] = arguments.positional + Array(repeating: nil, count: names.count - arguments.positional.count)
    for (name, value) in arguments.named {
      guard let index = names.firstIndex(of: name) else { throw invalid("'\(function)' has no argument '\(name)'") }
      guard values[index] == nil else { throw invalid("expected '\(name)' of '\(function)' once, found it again") }
      values[index] = value
    }
    return values
  }

  /// Calls a value.
  func call(_ value: Value, _ arguments: CallArguments) throws(ChatTemplateError) -> Value {
    try descend()
    defer { ascend() }
    switch value {
    case .callable(.macro(let macro)): return try call(macro, arguments)
    case .callable(.global(let function)): return try call(function, arguments)
    case .callable(.method(let receiver, let name)): return try callMethod(name, of: receiver, arguments)
    case .callable(.recursion(let loop)), .loop(let loop):
      guard arguments.positional.count == 1, arguments.named.isEmpty else {
        throw invalid("expected one sequence for 'loop'")
      }
      return try recur(loop, over: arguments.positional[0])
    case .callable(.joiner(let joiner)):
      _ = try bind(arguments, to: [], of: "joiner")
      defer { joiner.wasCalled = true }
      return joiner.wasCalled ? joiner.separator : .string("")
    case .undefined(let what): throw error(.undefined, what)
    default: throw invalid("expected something to call, found \(value.typeName)")
    }
  }

  private func call(_ macro: Macro, _ arguments: CallArguments) throws(ChatTemplateError) -> Value {
    let callLine = line
    let definition = macro.definition
    let (text, _) = try capture { () throws(ChatTemplateError) in
      try self.withScope(in: macro.scope) { (scope) throws(ChatTemplateError) in
        try self.bind(arguments, to: definition, in: scope)
        return try self.run(definition.body, in: scope)
      }
    }
    line = callLine
    return .string(text)
  }

  /// Puts the arguments of a macro into its scope: further positional ones as `varargs`, further named ones as `kwargs`.
  private func bind(
    _ arguments: CallArguments, to definition: MacroDefinition, in scope: Scope
  ) throws(ChatTemplateError) {
    var arguments = arguments
    try bindCaller(&arguments, of: definition, in: scope)
    for (index, parameter) in definition.parameters.enumerated() {
      let named = arguments.take(parameter.name)
      if index < arguments.positional.count {
        if named != nil { throw invalid("expected '\(parameter.name)' of '\(definition.name)' once, found it again") }
        scope.variables[parameter.name] = arguments.positional[index]
      } else if let named {
        scope.variables[parameter.name] = named
      } else if let defaultValue = parameter.defaultValue {
        scope.variables[parameter.name] = try evaluate(defaultValue, in: scope)
      } else {
        scope.variables[parameter.name] = .undefined("parameter '\(parameter.name)' was not provided")
      }
    }
    try bindOthers(arguments, of: definition, in: scope)
  }

  private func bindCaller(
    _ arguments: inout CallArguments, of definition: MacroDefinition, in scope: Scope
  ) throws(ChatTemplateError) {
    guard definition.readNames.contains("caller") else {
      guard arguments.take("caller") == nil else { throw invalid("the macro '\(definition.name)' takes no call block") }
      return
    }
    let absent = Value.undefined("'caller' is undefined: the macro is not called by a call block")
    scope.variables["caller"] = arguments.take("caller") ?? absent
  }

  private func bindOthers(
    _ arguments: CallArguments, of definition: MacroDefinition, in scope: Scope
  ) throws(ChatTemplateError) {
    let positional = arguments.positional.dropFirst(definition.parameters.count)
    if definition.readNames.contains("varargs") {
      scope.variables["varargs"] = .tuple(try makeList(Array(positional)))
    } else if !positional.isEmpty {
      let count = definition.parameters.count
      throw invalid("expected at most \(count) arguments for '\(definition.name)', found \(count + positional.count)")
    }
    if definition.readNames.contains("kwargs") {
      var others = Mapping()
      for (name, value) in arguments.named { try set(.string(name), to: value, in: &others) }
      scope.variables["kwargs"] = .dictionary(others)
    } else if let other = arguments.named.first {
      throw invalid("'\(definition.name)' has no argument '\(other.name)'")
    }
  }

  /// Runs `{% call %}`: the call gets the block as the argument `caller`.
  func runCallBlock(_ call: Expression, _ block: MacroDefinition, in scope: Scope) throws(ChatTemplateError) {
    guard case .access(let base, let accesses) = call.kind, case .call(let arguments, let callLine)? = accesses.last
    else {
      throw invalid("expected the call of a macro")
    }
    let callee = try evaluate(base, accesses.dropLast(), in: scope)
    var values = try evaluate(arguments, in: scope)
    captureScope(scope)
    values.named.append(("caller", .callable(.macro(Macro(block, scope: scope)))))
    line = callLine
    try write(text(of: self.call(callee, values)))
  }
}
