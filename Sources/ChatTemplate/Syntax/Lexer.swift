/// Cuts a template into tokens.
///
/// White space around tags is handled as chat templates expect it: the first line end after a statement or comment is
/// dropped (`trim_blocks`), as is white space between the start of a line and a statement or comment
/// (`lstrip_blocks`); `-` inside a tag's delimiter drops all white space on that side and `+` keeps all.
struct Lexer {
  let source: [Unicode.Scalar]
  var position = 0
  var line = 1
  private(set) var tokens: [Token] = []
  /// The brackets that must be closed before a tag can end.
  var openBrackets: [Symbol] = []
  /// Whether what was read last, a tag with the white space dropped behind it, ended in a line end.
  private var isAtLineStart = true

  /// The tokens of `template`, ending in `.end`.
  static func tokens(of template: String) throws(ChatTemplateError) -> [Token] {
    var lexer = Lexer(template)
    while lexer.position < lexer.source.count { try lexer.readTextAndTag() }
    lexer.append(.end)
    return lexer.tokens
  }

  /// Every line end becomes "\n", and one at the very end is dropped.
  private init(_ template: String) {
    var source: [Unicode.Scalar] = []
    for scalar in template.unicodeScalars {
      if scalar == "\n", source.last == "\r" {
        source[source.count - 1] = "\n"
      } else {
        if source.last == "\r" { source[source.count - 1] = "\n" }
        source.append(scalar)
      }
    }
    if source.last == "\r" || source.last == "\n" { source.removeLast() }
    self.source = source
  }

  mutating func append(_ kind: Token.Kind, line: Int? = nil) {
    tokens.append(Token(kind: kind, line: line ?? self.line))
  }

  func error(_ message: String, line: Int? = nil) -> ChatTemplateError {
    ChatTemplateError(kind: .syntax, line: line ?? self.line, message: message)
  }

  /// Whether `text` stands at `offset` places behind the position.
  func starts(with text: StaticString, at offset: Int = 0) -> Bool {
    let start = position + offset
    let count = text.utf8CodeUnitCount
    guard start + count <= source.count else { return false }
    return (0..<count).allSatisfy { source[start + $0].value == UInt32(text.utf8Start[$0]) }
  }

  /// Moves the position forward, counting lines.
  mutating func advance(_ count: Int) {
    for scalar in source[position..<position + count] where scalar == "\n" { line += 1 }
    position += count
  }

  mutating func skipWhiteSpace() {
    while position < source.count, source[position].isPythonSpace { advance(1) }
  }
}

extension Lexer {
  /// What the sign in a tag's delimiter says about white space.
  private enum Sign {
    case strip
    case keep
    case none
  }

  /// Reads text up to the next tag, and that tag.
  private mutating func readTextAndTag() throws(ChatTemplateError) {
    let start = position
    var tag = start
    while tag < source.count, !isTagStart(tag) { tag += 1 }
    guard tag < source.count else {
      appendText(source[start...])
      advance(source.count - position)
      return
    }
    let sign = sign(at: tag + 2)
    let isOutput = source[tag + 1] == "{"
    appendText(stripped(source[start..<tag], before: sign, isOutput: isOutput))
    advance(tag - start)
    let length = sign == .none ? 2 : 3
    switch source[tag + 1] {
    case "#": try skipComment(length)
    case "%":
      if let rawStart = endOfRawTag(named: "raw", from: tag, trimsLineEnd: false) {
        try readRaw(from: rawStart)
      } else {
        try readTag(.statementBegin, .statementEnd, length)
      }
    default: try readTag(.outputBegin, .outputEnd, length)
    }
    isAtLineStart = source[position - 1] == "\n"
  }

  private func isTagStart(_ index: Int) -> Bool {
    guard source[index] == "{", index + 1 < source.count else { return false }
    return source[index + 1] == "{" || source[index + 1] == "%" || source[index + 1] == "#"
  }

  private func sign(at index: Int) -> Sign {
    guard index < source.count else { return .none }
    return source[index] == "-" ? .strip : source[index] == "+" ? .keep : .none
  }

  private mutating func appendText(_ text: ArraySlice<Unicode.Scalar>) {
    if text.isEmpty { return }
    var string = String.UnicodeScalarView()
    string.append(contentsOf: text)
    append(.text(String(string)))
  }

  /// `text` without the white space at its end that the tag behind it drops.
  private func stripped(_ text: ArraySlice<Unicode.Scalar>, before sign: Sign, isOutput: Bool) -> ArraySlice<
    Unicode.Scalar
  > {
    if sign == .strip { return text.dropLast { $0.isPythonSpace } }
    if sign == .keep || isOutput { return text }
    let lineStart = text.lastIndex(of: "\n").map { $0 + 1 }
    guard lineStart != nil || isAtLineStart else { return text }
    let lead = text[(lineStart ?? text.startIndex)...]
    return lead.allSatisfy(\.isPythonSpace) ? text[..<lead.startIndex] : text
  }

  private mutating func skipComment(_ length: Int) throws(ChatTemplateError) {
    let start = line
    advance(length)
    while !skipTagEnd("#}", trimsLineEnd: true) {
      guard position < source.count else { throw error("expected the end of the comment, '#}'", line: start) }
      advance(1)
    }
  }

  /// Skips the end of a tag with the white space that it drops, if it stands here.
  private mutating func skipTagEnd(_ end: StaticString, trimsLineEnd: Bool) -> Bool {
    if starts(with: "-"), starts(with: end, at: 1) {
      advance(3)
      skipWhiteSpace()
      return true
    }
    if trimsLineEnd, starts(with: "+"), starts(with: end, at: 1) {
      advance(3)
      return true
    }
    guard starts(with: end) else { return false }
    advance(2)
    if trimsLineEnd, starts(with: "\n") { advance(1) }
    return true
  }

  private mutating func readTag(_ begin: Token.Kind, _ end: Token.Kind, _ length: Int) throws(ChatTemplateError) {
    append(begin)
    advance(length)
    let isStatement = end == .statementEnd
    while true {
      let start = line
      if openBrackets.isEmpty, skipTagEnd(isStatement ? "%}" : "}}", trimsLineEnd: isStatement) {
        return append(end, line: start)
      }
      guard position < source.count else {
        throw error("expected the end of the tag, \(isStatement ? "'%}'" : "'}}'")")
      }
      if source[position].isPythonSpace { skipWhiteSpace() } else { try readExpressionToken() }
    }
  }

  /// Where the tag `{% name %}` that starts at `start` ends, white space that it drops included; nil for another tag.
  private func endOfRawTag(named name: StaticString, from start: Int, trimsLineEnd: Bool) -> Int? {
    guard isTagStart(start), source[start + 1] == "%" else { return nil }
    var lexer = self
    lexer.position = start
    lexer.advance(sign(at: start + 2) == .none ? 2 : 3)
    lexer.skipWhiteSpace()
    guard lexer.starts(with: name) else { return nil }
    lexer.advance(name.utf8CodeUnitCount)
    lexer.skipWhiteSpace()
    return lexer.skipTagEnd("%}", trimsLineEnd: trimsLineEnd) ? lexer.position : nil
  }

  /// Reads text in which tags mean nothing, up to `{% endraw %}`.
  private mutating func readRaw(from start: Int) throws(ChatTemplateError) {
    let startLine = line
    advance(start - position)
    isAtLineStart = source[position - 1] == "\n"
    var tag = position
    while tag < source.count {
      if let end = endOfRawTag(named: "endraw", from: tag, trimsLineEnd: true) {
        appendText(stripped(source[position..<tag], before: sign(at: tag + 2), isOutput: false))
        advance(end - position)
        return
      }
      tag += 1
    }
    throw error("expected '{% endraw %}'", line: startLine)
  }
}

extension ArraySlice {
  fileprivate func dropLast(while isDropped: (Element) -> Bool) -> ArraySlice {
    self[..<(lastIndex { !isDropped($0) }.map { $0 + 1 } ?? startIndex)]
  }
}
