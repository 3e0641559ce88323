/// Which argument a field takes: the next one, or the one that it names by number, but not both in one format.
private struct FieldNumbering {
  private var next = 0
  private var isManual = false

  /// The position for a field's number, empty for the next one; nil where the format does both.
  mutating func index(of number: Substring) -> Int? {
    if !number.isEmpty {
      isManual = true
      return next == 0 ? Int(number) ?? .max : nil
    }
    guard !isManual else { return nil }
    next += 1
    return next - 1
  }
}

extension Interpreter {
  /// `format.format(arguments)`: fields in braces, by number, by name or in turn.
  func formatBraces(_ format: String, _ arguments: CallArguments) throws(ChatTemplateError) -> String {
    var scanner = FormatScanner(format)
    var text = ""
    var numbering = FieldNumbering()
    while let scalar = scanner.take() {
      switch scalar {
      case "{" where !scanner.skip("{"):
        guard let field = scanner.take(upTo: "}") else { throw invalid("expected '}' in a format") }
        let part = try self.text(ofField: field, arguments, &numbering)
        try spend(bytes: part.utf8.count)
        text += part
      case "}" where !scanner.skip("}"): throw invalid("expected '{' in front of '}' in a format")
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  /// The text of `name!conversion:specification`.
  private func text(
    ofField field: String, _ arguments: CallArguments, _ numbering: inout FieldNumbering
  ) throws(ChatTemplateError) -> String {
    let parts = field.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let head = parts[0].split(separator: "!", maxSplits: 1, omittingEmptySubsequences: false)
    var value = try self.value(ofField: String(head[0]), arguments, &numbering)
    if head.count == 2 {
      switch head[1] {
      case "s": value = .string(try text(of: value))
      case "r": value = .string(try representation(of: value))
      default: throw invalid("expected 's' or 'r' behind '!' in a format")
      }
    }
    guard parts.count == 2, !parts[1].isEmpty else { return try text(of: value) }
    return try text(of: value, readSpecification(String(parts[1])))
  }

  private func value(
    ofField name: String, _ arguments: CallArguments, _ numbering: inout FieldNumbering
  ) throws(ChatTemplateError) -> Value {
    let first = name.prefix { $0 != "." && $0 != "[" }
    var value: Value
    if first.isEmpty || first.allSatisfy({ $0.isASCII && $0.isNumber }) {
      guard let index = numbering.index(of: first) else {
        throw invalid("expected the fields of a format either all numbered or none")
      }
      guard index < arguments.positional.count else { throw invalid("expected a value for every field of the format") }
      value = arguments.positional[index]
    } else {
      guard let named = arguments.named.first(where: { $0.name == first }) else {
        throw invalid("expected a value for the field '\(first)' of the format")
      }
      value = named.value
    }
    var scanner = FormatScanner(String(name.dropFirst(first.count)))
    while let scalar = scanner.take() {
      if scalar == "[" {
        guard let key = scanner.take(upTo: "]") else { throw invalid("expected ']' in a format") }
        value = try item(Int(key).map(Value.integer) ?? .string(key), of: value)
      } else {
        var attributeName = ""
        while let next = scanner.next, next != ".", next != "[" {
          attributeName.unicodeScalars.append(next)
          _ = scanner.take()
        }
        value = try attribute(attributeName, of: value)
      }
    }
    return value
  }

  /// Reads `[[fill]align][sign][#][0][width][grouping][.precision][type]`.
  private func readSpecification(_ text: String) throws(ChatTemplateError) -> FormatSpecification {
    var specification = FormatSpecification()
    var scanner = FormatScanner(text)
    let start = Array(text.unicodeScalars.prefix(2))
    if start.count == 2, let alignment = Self.alignment(start[1]) {
      specification.fill = start[0]
      specification.alignment = alignment
      _ = scanner.take()
      _ = scanner.take()
    } else if let alignment = Self.alignment(start[0]) {
      specification.alignment = alignment
      _ = scanner.take()
    }
    if scanner.next == "+" || scanner.next == " " || scanner.next == "-" {
      let sign = scanner.take()
      specification.sign = sign == "-" ? nil : sign
    }
    specification.showsPrefix = scanner.skip("#")
    if scanner.skip("0"), specification.alignment == nil {
      specification.fill = "0"
      specification.alignment = .afterSign
    }
    specification.width = scanner.takeNumber() ?? 0
    if scanner.next == "," || scanner.next == "_" { specification.grouping = scanner.take() }
    if scanner.skip(".") {
      guard let precision = scanner.takeNumber() else { throw invalid("expected a precision behind '.' in a format") }
      specification.precision = precision
    }
    specification.type = scanner.take()
    guard scanner.isAtEnd else { throw invalid("expected a format specification, found '\(text)'") }
    guard max(specification.width, specification.precision ?? 0) <= FormatSpecification.largest else {
      throw error(.limit, "expected widths and precisions of at most \(FormatSpecification.largest) in a format")
    }
    return specification
  }

  private static func alignment(_ scalar: Unicode.Scalar) -> FormatSpecification.Alignment? {
    switch scalar {
    case "<": .left
    case ">": .right
    case "^": .center
    case "=": .afterSign
    default: nil
    }
  }

  private func text(of value: Value, _ specification: FormatSpecification) throws(ChatTemplateError) -> String {
    switch value {
    case .string(let text) where specification.type == nil || specification.type == "s":
      return specification.text(of: text)
    case .float(let float):
      if specification.type == nil, specification.precision == nil || float.magnitude.isFinite == false { break }
      if let text = specification.text(of: float) { return text }
    case .integer(let integer): if let text = specification.text(of: integer) { return text }
    case .bool where specification.type == nil: return specification.text(of: try text(of: value))
    case .bool(let flag): if let text = specification.text(of: flag ? 1 : 0) { return text }
    default: break
    }
    if case .float(let float) = value, let text = specification.text(of: float) { return text }
    throw invalid("expected a format specification for \(value.typeName)")
  }
}
