package import WebAssembly

/// A construct that is open: the function itself, or a block, loop or if.
package struct ControlFrame: Hashable, Sendable {
  /// The kind of construct; an `if` turns into an `else` at its `else`.
  package enum Construct: String, Hashable, Sendable {
    case function, block, loop, `if`, `else`
  }

  /// The kind of construct.
  package internal(set) var construct: Construct
  /// What the construct takes from the operand stack and leaves on it.
  package let type: FunctionType
  /// How many operands there are below the construct's own.
  package let height: Int
  /// Whether the instructions up to the construct's `else` or `end` cannot be reached, since a branch came before.
  package internal(set) var isUnreachable = false

  /// A construct of `type` that opens above `height` operands.
  init(_ construct: Construct, _ type: FunctionType, height: Int) {
    self.construct = construct
    self.type = type
    self.height = height
  }

  /// The types of the operands that a branch to the construct's label takes along.
  package var labelTypes: [ValueType] { construct == .loop ? type.parameters : type.results }
}
