/// Writes values as JSON the way that Python's `json.dumps` does with `ensure_ascii` off.
struct JSONWriter {
  /// What one level is indented by; nil puts everything on one line.
  var indent: String?
  var itemSeparator = ", "
  var keySeparator = ": "
  var sortsKeys = false
  var escapesNonASCII = false

  /// The JSON text of `value`.
  func text(of value: Value, _ interpreter: Interpreter) throws(ChatTemplateError) -> String {
    var text = ""
    try append(value, to: &text, level: 0, interpreter)
    return text
  }

  private func append(
    _ value: Value, to text: inout String, level: Int, _ interpreter: Interpreter
  ) throws(ChatTemplateError) {
    try interpreter.spend(steps: 2)
    try interpreter.checkStack()
    switch value {
    case .none: text += "null"
    case .bool(let flag): text += flag ? "true" : "false"
    case .integer(let integer): text += String(integer)
    case .largeInteger(let digits):
      try interpreter.spend(bytes: digits.utf8.count)
      text += digits
    case .float(let float): text += Self.text(of: float)
    case .string(let string), .markup(let string):
      try interpreter.spend(bytes: string.utf8.count)
      append(string, to: &text)
    case .list(let list), .tuple(let list): try append(list.elements, to: &text, level: level, interpreter)
    case .dictionary(let mapping): try append(mapping, to: &text, level: level, interpreter)
    default: throw interpreter.invalid("expected a value that JSON can write, found \(value.typeName)")
    }
  }

  private func append(
    _ elements: [Value], to text: inout String, level: Int, _ interpreter: Interpreter
  ) throws(ChatTemplateError) {
    text += "["
    for (index, element) in elements.enumerated() {
      if index > 0 { try append(separator: itemSeparator, to: &text, interpreter) }
      try startLine(in: &text, level: level + 1, interpreter)
      try append(element, to: &text, level: level + 1, interpreter)
    }
    if !elements.isEmpty { try startLine(in: &text, level: level, interpreter) }
    text += "]"
  }

  private func append(
    _ mapping: Mapping, to text: inout String, level: Int, _ interpreter: Interpreter
  ) throws(ChatTemplateError) {
    var members = Array(zip(mapping.keys, mapping.values))
    if sortsKeys {
      members = try interpreter.sorted(members.map { (key: $0.0, element: $0) }, isReversed: false).map(\.element)
    }
    text += "{"
    for (index, (key, value)) in members.enumerated() {
      if index > 0 { try append(separator: itemSeparator, to: &text, interpreter) }
      try startLine(in: &text, level: level + 1, interpreter)
      append(try name(of: key, interpreter), to: &text)
      try append(separator: keySeparator, to: &text, interpreter)
      try append(value, to: &text, level: level + 1, interpreter)
    }
    if !members.isEmpty { try startLine(in: &text, level: level, interpreter) }
    text += "}"
  }

  private func append(
    separator: String, to text: inout String, _ interpreter: Interpreter
  ) throws(ChatTemplateError) {
    try interpreter.spend(bytes: separator.utf8.count)
    text += separator
  }

  private func startLine(in text: inout String, level: Int, _ interpreter: Interpreter) throws(ChatTemplateError) {
    guard let indent else { return }
    try interpreter.spend(bytes: indent.utf8.count * level + 1)
    text += "\n" + indent.repeated(level)
  }

  /// A key as a string: numbers and constants are written as JSON writes them.
  private func name(of key: Value, _ interpreter: Interpreter) throws(ChatTemplateError) -> String {
    if case .string(let text) = key.withoutMark { return text }
    return try self.text(of: key, interpreter)
  }

  private static func text(of float: Double) -> String {
    if float.isNaN { return "NaN" }
    if float.isInfinite { return float < 0 ? "-Infinity" : "Infinity" }
    return Interpreter.representation(of: float)
  }

  private func append(_ string: String, to text: inout String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\u{08}": text += "\\b"
      case "\u{0C}": text += "\\f"
      default:
        if scalar.value < 0x20 || (escapesNonASCII && scalar.value > 0x7E) {
          for unit in UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter { text += Self.escape(unit) }
        } else {
          text.unicodeScalars.append(scalar)
        }
      }
    }
    text += "\""
  }

  private static func escape(_ unit: UInt16) -> String {
    let digits = String(unit, radix: 16)
    return "\\u" + "0".repeated(4 - digits.count) + digits
  }
}
