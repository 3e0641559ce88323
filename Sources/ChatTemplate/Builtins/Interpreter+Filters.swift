extension Interpreter {
  /// A filter: what it makes of a value and the arguments behind it.
  typealias FilterFunction = (Interpreter, Value, CallArguments) throws(ChatTemplateError) -> Value

  /// Applies the filter `name`.
  func apply(_ name: String, to value: Value, _ arguments: CallArguments) throws(ChatTemplateError) -> Value {
    guard let filter = Self.filter(name) else {
      throw error(.unsupported, "expected a filter that is known, found '\(name)'")
    }
    try descend()
    defer { ascend() }
    if case .markup(let text) = value { return try apply(name, filter, toMarkup: text, arguments) }
    return try filter(self, value, arguments)
  }

  /// Whether there is a filter of that name.
  static func hasFilter(_ name: String) -> Bool { filter(name) != nil }

  private static func filter(_ name: String) -> FilterFunction? {
    sequenceFilter(name) ?? selectingFilter(name) ?? textFilter(name) ?? valueFilter(name)
  }

  private static func valueFilter(_ name: String) -> FilterFunction? {
    switch name {
    case "default", "d": { (run, value, arguments) throws(ChatTemplateError) in try run.defaulted(value, arguments) }
    case "tojson": { (run, value, arguments) throws(ChatTemplateError) in try run.json(value, arguments) }
    case "attr": { (run, value, arguments) throws(ChatTemplateError) in try run.attributeFilter(value, arguments) }
    case "abs": { (run, value, arguments) throws(ChatTemplateError) in try run.magnitude(value, arguments) }
    case "int": { (run, value, arguments) throws(ChatTemplateError) in try run.converted(toInteger: value, arguments) }
    case "float": { (run, value, arguments) throws(ChatTemplateError) in try run.converted(toFloat: value, arguments) }
    case "filesizeformat": { (run, value, arguments) throws(ChatTemplateError) in try run.fileSize(value, arguments) }
    case "round": { (run, value, arguments) throws(ChatTemplateError) in try run.rounded(value, arguments) }
    default: nil
    }
  }

  private func defaulted(_ value: Value, _ arguments: CallArguments) throws(ChatTemplateError) -> Value {
    let bound = try bind(arguments, to: ["default_value", "boolean"], of: "default")
    let replacesFalse = bound[1]?.isTrue ?? false
    return value.isUndefined || (replacesFalse && !value.isTrue) ? bound[0] ?? .string("") : value
  }

  private func json(_ value: Value, _ arguments: CallArguments) throws(ChatTemplateError) -> Value {
    let bound = try bind(
      arguments, to: ["ensure_ascii", "indent", "separators", "sort_keys"], of: "tojson")
    var writer = JSONWriter()
    writer.escapesNonASCII = bound[0]?.isTrue ?? false
    writer.sortsKeys = bound[3]?.isTrue ?? false
    switch bound[1] {
    case nil, .none?: break
    case .string(let indent)?:
      writer.indent = indent
      writer.itemSeparator = ","
    case let width?:
      let width = try integer(width, "the indentation of 'tojson'")
      try spend(bytes: max(width, 0))
      writer.indent = " ".repeated(max(width, 0))
      writer.itemSeparator = ","
    }
    switch bound[2] {
    case nil, .none?: break
    case let separators?:
      let separators = try elements(of: separators)
      guard separators.count == 2 else { throw invalid("expected two separators for 'tojson'") }
      writer.itemSeparator = try string(separators[0], "a separator")
      writer.keySeparator = try string(separators[1], "a separator")
    }
    return .string(try writer.text(of: value, self))
  }

  /// An attribute only, never a member.
  private func attributeFilter(_ value: Value, _ arguments: CallArguments) throws(ChatTemplateError) -> Value {
    let name = try string(try bind(arguments, to: ["name"], of: "attr")[0], "the name of an attribute")
    if case .dictionary = value, !Self.hasMethod(name, value) {
      return .undefined("'dict' has no attribute '\(name)'")
    }
    return try attribute(name, of: value)
  }
}
