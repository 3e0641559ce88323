/// A piece of a template's source, with the line that it starts on.
struct Token {
  enum Kind: Equatable {
    /// Text outside of tags, printed as it is.
    case text(String)
    /// `{{`
    case outputBegin
    /// `}}`
    case outputEnd
    /// `{%`
    case statementBegin
    /// `%}`
    case statementEnd
    case name(String)
    case string(String)
    case integer(Int)
    /// An integer outside `Int`, as its digits.
    case largeInteger(String)
    case float(Double)
    case symbol(Symbol)
    /// The end of the template.
    case end
  }

  let kind: Kind
  let line: Int
}

/// The operators and brackets of expressions; the raw value is how they are written.
enum Symbol: String, CaseIterable {
  case power = "**"
  case floorDivide = "//"
  case equal = "=="
  case notEqual = "!="
  case greaterOrEqual = ">="
  case lessOrEqual = "<="
  case plus = "+"
  case minus = "-"
  case divide = "/"
  case multiply = "*"
  case modulo = "%"
  case concatenate = "~"
  case leftBracket = "["
  case rightBracket = "]"
  case leftParenthesis = "("
  case rightParenthesis = ")"
  case leftBrace = "{"
  case rightBrace = "}"
  case greater = ">"
  case less = "<"
  case assign = "="
  case dot = "."
  case colon = ":"
  case pipe = "|"
  case comma = ","
  case semicolon = ";"

  /// The bracket that closes this one.
  var closing: Symbol? {
    switch self {
    case .leftBracket: .rightBracket
    case .leftParenthesis: .rightParenthesis
    case .leftBrace: .rightBrace
    default: nil
    }
  }

  var isClosing: Bool { self == .rightBracket || self == .rightParenthesis || self == .rightBrace }
}

extension Token.Kind {
  /// How the token is written, for error messages.
  var summary: String {
    switch self {
    case .text: "text"
    case .outputBegin: "'{{'"
    case .outputEnd: "'}}'"
    case .statementBegin: "'{%'"
    case .statementEnd: "'%}'"
    case .name(let name): "'\(name)'"
    case .string: "a string"
    case .integer, .largeInteger, .float: "a number"
    case .symbol(let symbol): "'\(symbol.rawValue)'"
    case .end: "the end of the template"
    }
  }
}
