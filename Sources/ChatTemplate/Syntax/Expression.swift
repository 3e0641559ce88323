/// An expression of a template and the line that it starts on.
///
/// Chains of operators of one rank, and of accesses behind one another, are lists rather than trees, so that the depth
/// of an expression is the depth of its brackets.
struct Expression: Sendable {
  let line: Int
  let kind: Kind

  indirect enum Kind: Sendable {
    case literal(Literal)
    case name(String)
    case list([Expression])
    case tuple([Expression])
    case dictionary([(key: Expression, value: Expression)])
    case negated(Expression)
    case positive(Expression)
    case not(Expression)
    /// `first op second op third …`, from the left.
    case arithmetic(Expression, [(operation: Arithmetic, operand: Expression)])
    /// `first ~ second ~ …`
    case concatenation([Expression])
    case and([Expression])
    case or([Expression])
    /// `first op second op …`: every pair of neighbours must hold.
    case comparison(Expression, [(comparison: Comparison, operand: Expression)])
    /// `value if condition else otherwise`
    case conditional(condition: Expression, value: Expression, otherwise: Expression?)
    case access(Expression, [Access])
  }

  enum Arithmetic: String, Sendable {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case floorDivide = "//"
    case modulo = "%"
    case power = "**"
  }

  enum Comparison: String, Sendable {
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case `in` = "in"
    case notIn = "not in"
  }
}

/// A value that is written out in a template.
enum Literal: Sendable {
  case none
  case bool(Bool)
  case integer(Int)
  case largeInteger(String)
  case float(Double)
  case string(String)
}

/// What can stand behind an expression.
enum Access: Sendable {
  /// `.name`
  case attribute(String, line: Int)
  /// `[index]`
  case item(Expression, line: Int)
  /// `[start:stop:step]`
  case slice(start: Expression?, stop: Expression?, step: Expression?, line: Int)
  /// `(arguments)`
  case call(Arguments, line: Int)
  /// `|name(arguments)`
  case filter(Filter)
  /// `is name(arguments)`
  case test(name: String, Arguments, isNegated: Bool, line: Int)
}

/// A filter and its arguments.
struct Filter: Sendable {
  let name: String
  let arguments: Arguments
  let line: Int
}

/// The arguments of a call, a filter or a test.
struct Arguments: Sendable {
  var positional: [Expression] = []
  var named: [(name: String, value: Expression)] = []
  /// `*list`
  var list: Expression?
  /// `**dictionary`
  var dictionary: Expression?
}
