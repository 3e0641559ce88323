/// A statement of a template and the line that it starts on.
struct Statement: Sendable {
  let line: Int
  let kind: Kind

  indirect enum Kind: Sendable {
    case text(String)
    case output(Expression)
    case conditional([(condition: Expression, body: [Statement])], otherwise: [Statement])
    case loop(Loop)
    case assignment(Target, Expression)
    case blockAssignment(Target, [Filter], [Statement])
    case macro(MacroDefinition)
    /// The call gets the block as `caller`; `line` is that of the call.
    case callBlock(Expression, MacroDefinition)
    case filterBlock([Filter], [Statement])
    case with([(target: Target, value: Expression)], [Statement])
    /// `{% generation %}`: what the model writes, marked for training; printed like any other text.
    case generation([Statement])
    case breakLoop
    case continueLoop
  }
}

/// `{% for target in sequence if condition recursive %}body{% else %}otherwise{% endfor %}`
struct Loop: Sendable {
  let target: Target
  let sequence: Expression
  let condition: Expression?
  let isRecursive: Bool
  let body: [Statement]
  let otherwise: [Statement]
}

/// What is assigned to.
indirect enum Target: Sendable {
  case name(String)
  /// An attribute of a namespace.
  case attribute(namespace: String, name: String)
  case tuple([Target])
}

/// `{% macro name(parameters) %}body{% endmacro %}`, or the block of a `{% call %}`.
struct MacroDefinition: Sendable {
  let name: String
  let parameters: [(name: String, defaultValue: Expression?)]
  let body: [Statement]
  /// The names that the body reads: it takes further arguments only if it reads `varargs` or `kwargs`, and a block
  /// only if it reads `caller`.
  let readNames: Set<String>
}
