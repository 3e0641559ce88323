extension Interpreter {
  /// What printing `value` prints: Python's `str`.
  func text(of value: Value) throws(ChatTemplateError) -> String {
    switch value {
    case .string(let text), .markup(let text): return text
    case .undefined: return ""
    default: return try representation(of: value)
    }
  }

  /// How Python writes `value` in lists and error messages: `repr`.
  func representation(of value: Value) throws(ChatTemplateError) -> String {
    var text = ""
    try append(value, to: &text, level: 0)
    return text
  }

  private func append(_ value: Value, to text: inout String, level: Int) throws(ChatTemplateError) {
    try spend(steps: 2)
    try checkStack()
    guard level <= Value.deepest else { throw error(.limit, "values nest too deeply") }
    switch value {
    case .undefined: text += "Undefined"
    case .none: text += "None"
    case .bool(let flag): text += flag ? "True" : "False"
    case .integer(let integer): text += String(integer)
    case .largeInteger(let digits):
      try spend(bytes: digits.utf8.count)
      text += digits
    case .float(let float): text += Self.representation(of: float)
    case .string(let string):
      try spend(bytes: string.utf8.count)
      text += Self.representation(of: string)
    case .markup(let markup):
      try spend(bytes: markup.utf8.count)
      text += "Markup(\(Self.representation(of: markup)))"
    case .list(let list): try append("[", list.elements, "]", to: &text, level)
    case .tuple(let list): try append("(", list.elements, list.elements.count == 1 ? ",)" : ")", to: &text, level)
    case .dictionary(let mapping): try append(mapping, to: &text, level)
    case .view(let view): try append("dict_\(view.kind.rawValue)([", view.list.elements, "])", to: &text, level)
    case .generator: text += "<generator>"
    case .namespace(let namespace):
      text += "<Namespace "
      try append(namespace.attributes, to: &text, level)
      text += ">"
    case .loop(let loop): text += "<LoopContext \(loop.index + 1)/\(loop.items.elements.count)>"
    case .callable(.macro(let macro)): text += "<Macro \(Self.representation(of: macro.definition.name))>"
    case .callable: text += "<function>"
    }
  }

  private func append(
    _ opening: String, _ elements: [Value], _ closing: String, to text: inout String, _ level: Int
  ) throws(ChatTemplateError) {
    text += opening
    for (index, element) in elements.enumerated() {
      if index > 0 { text += ", " }
      try append(element, to: &text, level: level + 1)
    }
    text += closing
  }

  private func append(_ mapping: Mapping, to text: inout String, _ level: Int) throws(ChatTemplateError) {
    text += "{"
    for (index, (key, value)) in zip(mapping.keys, mapping.values).enumerated() {
      if index > 0 { text += ", " }
      try append(key, to: &text, level: level + 1)
      text += ": "
      try append(value, to: &text, level: level + 1)
    }
    text += "}"
  }

  /// The shortest digits that give the number back, with an exponent below 1e-4 and from 1e16 on.
  static func representation(of float: Double) -> String {
    if float.isNaN { return "nan" }
    if float.isInfinite { return float < 0 ? "-inf" : "inf" }
    return float.description
  }

  /// The string in quotes, with what cannot be printed escaped.
  static func representation(of string: String) -> String {
    let quote: Unicode.Scalar =
      string.unicodeScalars.contains("'") && !string.unicodeScalars.contains("\"") ? "\"" : "'"
    var text = String(quote)
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case quote: text += "\\\(quote)"
      default: text += scalar.isPythonPrintable ? String(scalar) : scalar.pythonEscape
      }
    }
    return text + String(quote)
  }
}

extension Unicode.Scalar {
  /// Whether Python's `str.isprintable` holds for the scalar.
  fileprivate var isPythonPrintable: Bool {
    if isASCII { return value >= 0x20 && value < 0x7F }
    switch properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator, .spaceSeparator:
      return false
    default: return true
    }
  }

  fileprivate var pythonEscape: String {
    let digits = String(value, radix: 16)
    let (prefix, width) = value < 0x100 ? ("\\x", 2) : value < 0x10000 ? ("\\u", 4) : ("\\U", 8)
    return prefix + "0".repeated(width - digits.count) + digits
  }
}
