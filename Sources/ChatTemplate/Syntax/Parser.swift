/// Turns a template's tokens into statements.
struct Parser {
  /// Brackets, operators in front of an operand and blocks may nest this deep, together.
  static let deepest = 64

  private let tokens: [Token]
  private var index = 0
  private var depth = 0
  private let stack = StackMeter()
  /// How many loops are open; a macro starts from none.
  var openLoops = 0
  /// The names that were read since the start of the macro that is open.
  var readNames: Set<String> = []

  /// The statements of `template`.
  static func statements(of template: String) throws(ChatTemplateError) -> [Statement] {
    var parser = Parser(tokens: try Lexer.tokens(of: template))
    let statements = try parser.parseBody(until: [])
    if parser.current.kind != .end { throw parser.unexpected("the end of the template") }
    return statements
  }

  private init(tokens: [Token]) { self.tokens = tokens }

  /// The token to read next; at the end it stays `.end`.
  var current: Token { tokens[min(index, tokens.count - 1)] }

  /// The token behind the current one.
  var following: Token { tokens[min(index + 1, tokens.count - 1)] }

  mutating func advance() { index += 1 }

  /// Skips the current token if it is `kind`, and says whether it was.
  mutating func skip(_ kind: Token.Kind) -> Bool {
    guard current.kind == kind else { return false }
    advance()
    return true
  }

  mutating func skip(_ symbol: Symbol) -> Bool { skip(.symbol(symbol)) }

  mutating func skip(word: String) -> Bool { skip(.name(word)) }

  /// Skips the current token, which must be `kind`.
  mutating func expect(_ kind: Token.Kind) throws(ChatTemplateError) {
    if !skip(kind) { throw unexpected(kind.summary) }
  }

  mutating func expect(_ symbol: Symbol) throws(ChatTemplateError) { try expect(.symbol(symbol)) }

  /// Reads a name.
  mutating func expectName(_ what: String) throws(ChatTemplateError) -> String {
    guard case .name(let name) = current.kind else { throw unexpected(what) }
    advance()
    return name
  }

  /// An error at the current token.
  func error(_ message: String, _ kind: ChatTemplateError.Kind = .syntax, line: Int? = nil) -> ChatTemplateError {
    ChatTemplateError(kind: kind, line: line ?? current.line, message: message)
  }

  func unexpected(_ expected: String) -> ChatTemplateError {
    error("expected \(expected), found \(current.kind.summary)")
  }

  /// Goes a level down, or fails where that is too deep; each call is paired with `ascend`.
  mutating func descend() throws(ChatTemplateError) {
    depth += 1
    if depth > Self.deepest || stack.isExhausted {
      throw error("expected at most \(Self.deepest) levels of nesting", .limit)
    }
  }

  mutating func ascend() { depth -= 1 }
}
