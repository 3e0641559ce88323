extension Lexer {
  /// Reads a name, number, string or symbol.
  mutating func readExpressionToken() throws(ChatTemplateError) {
    let scalar = source[position]
    if isDigit(position) {
      try readNumber()
    } else if scalar.isIdentifierStart {
      let start = position
      while position < source.count, source[position].isIdentifierPart { position += 1 }
      append(.name(text(start..<position)))
    } else if scalar == "'" || scalar == "\"" {
      try readString(quote: scalar)
    } else {
      try readSymbol()
    }
  }

  private func text(_ range: Range<Int>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: source[range])
    return String(view)
  }

  private mutating func readSymbol() throws(ChatTemplateError) {
    let next = text(position..<min(position + 2, source.count))
    guard let symbol = Symbol(rawValue: next) ?? Symbol(rawValue: String(next.unicodeScalars.prefix(1))) else {
      throw error("expected an expression, found '\(source[position])'")
    }
    if let closing = symbol.closing { openBrackets.append(closing) }
    if symbol.isClosing {
      guard let expected = openBrackets.popLast() else { throw error("found '\(symbol.rawValue)' that nothing opened") }
      guard expected == symbol else { throw error("expected '\(expected.rawValue)', found '\(symbol.rawValue)'") }
    }
    append(.symbol(symbol))
    position += symbol.rawValue.unicodeScalars.count
  }

  private func isDigit(_ index: Int, radix: Int = 10) -> Bool {
    guard index < source.count, source[index].isASCII else { return false }
    return Character(source[index]).hexDigitValue.map { $0 < radix } ?? false
  }

  /// The index behind the digits from `start` on, which may have single underscores between them.
  private func endOfDigits(_ start: Int, radix: Int = 10) -> Int {
    var end = start
    while isDigit(end, radix: radix)
      || (end > start && end < source.count && source[end] == "_" && isDigit(end + 1, radix: radix))
    {
      end += 1
    }
    return end
  }

  private mutating func readNumber() throws(ChatTemplateError) {
    let start = position
    let radix = prefixedRadix(start)
    if radix != 10 {
      position = endOfDigits(start + 2, radix: radix)
      return try appendInteger(text(start + 2..<position), radix: radix)
    }
    var end = endOfDigits(start)
    var isFloat = false
    let followsDot = tokens.last?.kind == .symbol(.dot) && source[start - 1] == "."
    if !followsDot {
      if end + 1 < source.count, source[end] == ".", isDigit(end + 1) {
        end = endOfDigits(end + 1)
        isFloat = true
      }
      if let exponentEnd = endOfExponent(end) {
        end = exponentEnd
        isFloat = true
      }
    }
    position = end
    let digits = text(start..<end).filter { $0 != "_" }
    if isFloat { return append(.float(Double(digits) ?? .infinity)) }
    if digits.hasPrefix("0"), digits.contains(where: { $0 != "0" }) {
      throw error("expected a number without leading zeros")
    }
    try appendInteger(digits, radix: 10)
  }

  private func prefixedRadix(_ start: Int) -> Int {
    guard source[start] == "0", start + 1 < source.count else { return 10 }
    let radix =
      switch source[start + 1] {
      case "x", "X": 16
      case "o", "O": 8
      case "b", "B": 2
      default: 10
      }
    return isDigit(start + 2, radix: radix) ? radix : 10
  }

  private func endOfExponent(_ start: Int) -> Int? {
    guard start < source.count, source[start] == "e" || source[start] == "E" else { return nil }
    var digits = start + 1
    if digits < source.count, source[digits] == "+" || source[digits] == "-" { digits += 1 }
    return isDigit(digits) ? endOfDigits(digits) : nil
  }

  private mutating func appendInteger(_ digits: String, radix: Int) throws(ChatTemplateError) {
    let digits = digits.filter { $0 != "_" }
    if let integer = Int(digits, radix: radix) { return append(.integer(integer)) }
    guard radix == 10 else { throw error("expected an integer of at most 63 bits") }
    append(.largeInteger(digits))
  }
}

extension Lexer {
  private mutating func readString(quote: Unicode.Scalar) throws(ChatTemplateError) {
    let startLine = line
    var text = String.UnicodeScalarView()
    advance(1)
    while position < source.count, source[position] != quote {
      if source[position] == "\\" {
        try readEscape(into: &text, startLine)
      } else {
        text.append(source[position])
        advance(1)
      }
    }
    guard position < source.count else { throw error("expected the string's closing quote", line: startLine) }
    advance(1)
    append(.string(String(text)), line: startLine)
  }

  /// Reads a backslash and what it escapes; before any other character than Python knows, it stands for itself.
  private mutating func readEscape(into text: inout String.UnicodeScalarView, _ startLine: Int)
    throws(ChatTemplateError)
  {
    guard position + 1 < source.count else { throw error("expected the string's closing quote", line: startLine) }
    let escape = source[position + 1]
    advance(2)
    switch escape {
    case "\n": break
    case "\\", "'", "\"": text.append(escape)
    case "a": text.append("\u{07}")
    case "b": text.append("\u{08}")
    case "f": text.append("\u{0C}")
    case "n": text.append("\n")
    case "r": text.append("\r")
    case "t": text.append("\t")
    case "v": text.append("\u{0B}")
    case "x": text.append(try readCode(digits: 2))
    case "u": text.append(try readCode(digits: 4))
    case "U": text.append(try readCode(digits: 8))
    case "0"..."7": text.append(readOctalCode(from: escape))
    case "N":
      throw ChatTemplateError(
        kind: .unsupported, line: line, message: "names of characters, '\\N{…}', are not supported in chat templates")
    default:
      text.append("\\")
      text.append(escape)
    }
  }

  private mutating func readCode(digits: Int) throws(ChatTemplateError) -> Unicode.Scalar {
    var code: UInt32 = 0
    for _ in 0..<digits {
      guard isDigit(position, radix: 16), let digit = Character(source[position]).hexDigitValue else {
        throw error("expected \(digits) hexadecimal digits in an escape sequence")
      }
      code = code << 4 | UInt32(digit)
      position += 1
    }
    guard code <= 0x10FFFF else { throw error("expected the code of a Unicode scalar in an escape sequence") }
    return Unicode.Scalar(code) ?? "\u{FFFD}"
  }

  private mutating func readOctalCode(from first: Unicode.Scalar) -> Unicode.Scalar {
    var code = first.value - 0x30
    for _ in 0..<2 where isDigit(position, radix: 8) {
      code = code << 3 | (source[position].value - 0x30)
      position += 1
    }
    return Unicode.Scalar(code) ?? "\u{FFFD}"
  }
}
