extension Interpreter {
  /// Applies a filter to markup, as far as it is known what the filter makes of it.
  func apply(
    _ name: String, _ filter: FilterFunction, toMarkup text: String, _ arguments: CallArguments
  ) throws(ChatTemplateError) -> Value {
    switch name {
    case "escape", "e", "safe", "string": return .markup(text)
    case "default", "d": return try filter(self, .markup(text), arguments)
    case "upper", "lower", "capitalize", "trim", "center":
      return .markup(try self.text(of: filter(self, .string(text), arguments)))
    case "forceescape", "replace", "title", "length", "count", "wordcount", "int", "float", "list", "first", "last",
      "join", "tojson", "urlencode":
      return try filter(self, .string(text), arguments)
    default: throw markupUse("the filter '\(name)'")
    }
  }

  /// The refusal of something that is not known to treat markup as Jinja does.
  func markupUse(_ what: String) -> ChatTemplateError {
    error(.unsupported, "\(what) is not supported for what 'safe' and 'escape' give")
  }

  /// Two pieces of markup as one.
  func joinedMarkup(_ first: String, _ second: String) throws(ChatTemplateError) -> Value {
    try spend(bytes: first.utf8.count + second.utf8.count)
    return .markup(first + second)
  }

  /// A value's text with what means something in markup escaped, unless it is markup already.
  func escapedOnce(_ value: Value) throws(ChatTemplateError) -> String {
    if case .markup(let text) = value { text } else { try escaped(text(of: value)) }
  }

  /// The text with what means something in markup escaped.
  func escaped(_ text: String) throws(ChatTemplateError) -> String {
    try spend(bytes: text.utf8.count * 2)
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "'": escaped += "&#39;"
      case "\"": escaped += "&#34;"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
