extension Interpreter {
  /// `format % value`: a tuple gives the values in turn, a dictionary those that the format names.
  func printf(_ format: String, _ value: Value) throws(ChatTemplateError) -> String {
    var values = PrintfValues(value)
    var scanner = FormatScanner(format)
    var text = ""
    try spend(bytes: format.utf8.count)
    while let scalar = scanner.take() {
      guard scalar == "%" else {
        text.unicodeScalars.append(scalar)
        continue
      }
      if scanner.skip("%") {
        text += "%"
      } else {
        let part = try printfField(&scanner, &values)
        try spend(bytes: part.utf8.count)
        text += part
      }
    }
    guard values.isExhausted else { throw invalid("expected a format that uses all the values behind '%'") }
    return text
  }

  private func printfField(
    _ scanner: inout FormatScanner, _ values: inout PrintfValues
  ) throws(ChatTemplateError) -> String {
    var name: String?
    if scanner.skip("(") {
      guard let found = scanner.take(upTo: ")") else { throw invalid("expected ')' in a format") }
      name = found
    }
    var specification = readFlags(&scanner)
    if scanner.skip("*") {
      guard let width = values.next()?.index else { throw invalid("expected an integer as the width in a format") }
      if width < 0 { specification.alignment = .left }
      specification.width = Int(clamping: width.magnitude)
    } else {
      specification.width = scanner.takeNumber() ?? 0
    }
    if scanner.skip(".") {
      if scanner.skip("*") {
        guard let precision = values.next()?.index else {
          throw invalid("expected an integer as the precision in a format")
        }
        specification.precision = max(precision, 0)
      } else {
        specification.precision = scanner.takeNumber() ?? 0
      }
    }
    while let scalar = scanner.next, scalar == "h" || scalar == "l" || scalar == "L" { _ = scanner.take() }
    specification.type = scanner.take()
    guard max(specification.width, specification.precision ?? 0) <= FormatSpecification.largest else {
      throw error(.limit, "expected widths and precisions of at most \(FormatSpecification.largest) in a format")
    }
    guard let value = name.map({ values.named($0) }) ?? values.next() else {
      throw invalid("expected a value for every field of the format")
    }
    return try printfText(of: value, specification)
  }

  private func readFlags(_ scanner: inout FormatScanner) -> FormatSpecification {
    var specification = FormatSpecification()
    while let flag = scanner.next {
      switch flag {
      case "-": specification.alignment = .left
      case "0":
        specification.fill = "0"
        specification.alignment = specification.alignment ?? .afterSign
      case "+": specification.sign = "+"
      case " ": specification.sign = specification.sign ?? " "
      case "#": specification.showsPrefix = true
      default: return finished(specification)
      }
      _ = scanner.take()
    }
    return finished(specification)
  }

  /// Zeros are only put in front.
  private func finished(_ specification: FormatSpecification) -> FormatSpecification {
    var specification = specification
    if specification.alignment == .left { specification.fill = " " }
    return specification
  }

  private func printfText(of value: Value, _ specification: FormatSpecification) throws(ChatTemplateError) -> String {
    var specification = specification
    switch specification.type {
    case "s", "r", "a":
      specification.fill = " "
      specification.alignment = specification.alignment == .left ? .left : .right
      return specification.text(of: specification.type == "s" ? try text(of: value) : try representation(of: value))
    case "c":
      if case .string(let text) = value, text.scalarCount == 1 { return specification.text(of: text) }
      if let integer = value.index, let text = specification.text(of: integer) { return text }
    case "d", "i", "u":
      let precision = specification.precision
      specification.precision = nil
      if precision != nil { break }
      if case .float(let float) = value, let integer = Int(exactly: float.rounded(.towardZero)) {
        if let text = specification.text(of: integer) { return text }
      }
      if let integer = value.index, let text = specification.text(of: integer) { return text }
    case "x", "X", "o":
      if let integer = value.index, let text = specification.text(of: integer) { return text }
    case "e", "E", "f", "F", "g", "G":
      if let double = value.double, let text = specification.text(of: double) { return text }
    default: break
    }
    let type = specification.type.map { "'%\($0)'" } ?? "a type"
    throw invalid("expected \(type) and a value that it can write in a format, found \(value.typeName)")
  }
}

/// The values that a format takes, in turn or by name.
private struct PrintfValues {
  private var positional: ArraySlice<Value> = []
  private var mapping: Mapping?
  /// Whether the value may be left over: what has members need not be used up.
  private var mayBeLeft = false

  init(_ value: Value) {
    switch value {
    case .tuple(let list): positional = list.elements[...]
    case .dictionary(let mapping):
      self.mapping = mapping
      positional = [value]
      mayBeLeft = true
    case .list, .undefined:
      positional = [value]
      mayBeLeft = true
    default: positional = [value]
    }
  }

  /// Whether all values that must be used are.
  var isExhausted: Bool { positional.isEmpty || mayBeLeft }

  mutating func next() -> Value? { positional.popFirst() }

  func named(_ name: String) -> Value? { mapping?[name] }
}
