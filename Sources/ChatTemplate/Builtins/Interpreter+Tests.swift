extension Interpreter {
  /// Whether the test `name` holds for `value`.
  func test(_ name: String, _ value: Value, _ arguments: CallArguments) throws(ChatTemplateError) -> Bool {
    try spend()
    if case .markup = value {
      if name == "escaped" { return true }
      if name == "sameas" { throw markupUse("the test 'sameas'") }
      return try test(name, value.withoutMark, arguments)
    }
    if let comparison = Self.comparisonTests[name] {
      return try holds(comparison, value, operand(of: name, arguments))
    }
    if Self.kindTests.contains(name) {
      _ = try bind(arguments, to: [], of: name)
      return try isKind(name, value)
    }
    switch name {
    case "odd": return try remainder(value, .integer(2)) == 1
    case "even": return try remainder(value, .integer(2)) == 0
    case "divisibleby": return try remainder(value, operand(of: name, arguments)) == 0
    case "sameas": return try areSame(value, operand(of: name, arguments))
    case "lower", "upper":
      let method = name == "lower" ? "islower" : "isupper"
      return try callMethod(method, of: .string(text(of: value)), CallArguments()).isTrue
    case "filter", "test":
      guard case .string(let wanted) = value else { return false }
      return name == "filter" ? Self.hasFilter(wanted) : Self.hasTest(wanted)
    default: throw error(.unsupported, "expected a test that is known, found '\(name)'")
    }
  }

  private static func hasTest(_ name: String) -> Bool {
    comparisonTests[name] != nil || kindTests.contains(name)
      || ["odd", "even", "divisibleby", "sameas", "lower", "upper", "filter", "test"].contains(name)
  }

  private static let comparisonTests: [String: Expression.Comparison] = [
    "==": .equal, "eq": .equal, "equalto": .equal, "!=": .notEqual, "ne": .notEqual, ">": .greater, "gt": .greater,
    "greaterthan": .greater, ">=": .greaterOrEqual, "ge": .greaterOrEqual, "<": .less, "lt": .less,
    "lessthan": .less, "<=": .lessOrEqual, "le": .lessOrEqual, "in": .in,
  ]

  private static let kindTests: Set<String> = [
    "defined", "undefined", "none", "boolean", "true", "false", "integer", "float", "number", "string", "mapping",
    "sequence", "iterable", "callable", "escaped",
  ]

  private func isKind(_ name: String, _ value: Value) throws(ChatTemplateError) -> Bool {
    switch (name, value) {
    case ("callable", .callable(.cycler)): false
    case ("defined", _): !value.isUndefined
    case ("undefined", _): value.isUndefined
    case ("none", .none), ("boolean", .bool), ("integer", .integer), ("integer", .largeInteger), ("float", .float),
      ("string", .string), ("mapping", .dictionary), ("callable", .callable), ("callable", .loop),
      ("callable", .undefined):
      true
    case ("true", .bool(let flag)): flag
    case ("false", .bool(let flag)): !flag
    case ("number", _): value.double != nil
    case ("sequence", .string), ("sequence", .list), ("sequence", .tuple), ("sequence", .dictionary),
      ("sequence", .undefined):
      true
    case ("iterable", .string), ("iterable", .list), ("iterable", .tuple), ("iterable", .dictionary),
      ("iterable", .undefined), ("iterable", .view), ("iterable", .generator), ("iterable", .loop):
      true
    default: false
    }
  }

  private func operand(of name: String, _ arguments: CallArguments) throws(ChatTemplateError) -> Value {
    guard arguments.positional.count == 1, arguments.named.isEmpty else {
      throw invalid("expected one value for the test '\(name)'")
    }
    return arguments.positional[0]
  }

  private func remainder(_ value: Value, _ divisor: Value) throws(ChatTemplateError) -> Double? {
    try compute(.modulo, value, divisor).double
  }

  /// Whether two values are one object, as far as that can be known: lists and the like have no identity here.
  private func areSame(_ left: Value, _ right: Value) throws(ChatTemplateError) -> Bool {
    switch (left, right) {
    case (.bool(let first), .bool(let second)): first == second
    case (.none, .none): true
    case (.integer, .integer), (.string, .string), (.float, .float): try areEqual(left, right)
    case (.namespace(let first), .namespace(let second)): first === second
    case (.loop(let first), .loop(let second)): first === second
    case (.generator(let first), .generator(let second)): first === second
    case (.list, .list), (.tuple, .tuple), (.dictionary, .dictionary), (.view, .view), (.callable, .callable),
      (.largeInteger, .largeInteger):
      throw error(.unsupported, "the test 'sameas' is not supported for two values of the type \(left.typeName)")
    default: false
    }
  }
}
