import WebAssembly

/// A structured instruction that is open.
struct ControlFrame {
  enum Kind: Equatable {
    case function, block, `if`
    case loop(number: Int)
  }

  let kind: Kind
  /// Where a branch to this frame goes: a loop's beginning, the end of everything else.
  let target: Label
  /// Where an `if` without an `else`, so far, goes on when its condition is zero.
  var alternative: Label?
  /// The operand stack's depth below the frame's parameters.
  let height: Int
  let type: FunctionType
  /// What the local variables are known not to exceed where the frame begins.
  let boundsAtStart: LocalBounds
  /// The same on all branches to the frame's end; nil while there is none.
  var boundsAtEnd: LocalBounds?

  /// How many operands a branch to this frame takes along.
  var branchArity: Int {
    if case .loop = kind { type.parameters.count } else { type.results.count }
  }
}
