import WebAssembly

/// A structured instruction that is open in a function of the full profile.
struct FullControlFrame {
  enum Kind {
    case function, block, loop, `if`
  }

  let kind: Kind
  /// Where a branch to this frame goes: a loop's beginning, the end of everything else.
  let target: FullLabel
  /// Where an `if` without an `else`, so far, goes on when its condition is zero.
  var alternative: FullLabel?
  /// The number of operands below the frame's parameters.
  let height: Int
  let type: FunctionType
  /// The parameters as they are where the frame begins.
  let parameters: [FullFunctionCompiler.Operand]
  /// The number of the instruction that begins it, nil for the function.
  let begin: Int?
  /// The local variables that are operands where the frame begins.
  let homes: [LocalIndex: Int]
  /// How many operands of the frames around it are local variables; they stay so until it is left.
  let outerKeptCount: Int
  /// How many operands above ``height`` are local variables.
  var keptCount = 0
  /// What branches to the frame's end may have left as references in each of its results.
  var references: [[ReferenceSource]]

  /// The number of operands that instructions of the frame may not pop.
  var floor: Int { height + keptCount }

  /// How many operands are local variables, those of the frames around it included.
  var totalKeptCount: Int { outerKeptCount + keptCount }

  /// How many operands a branch to this frame takes along.
  var branchArity: Int {
    kind == .loop ? type.parameters.count : type.results.count
  }

  /// Remembers what a branch to the end, or the way to it, leaves in the results.
  mutating func join(_ results: some Collection<FullFunctionCompiler.Operand>) {
    for (index, operand) in results.enumerated() where references.indices.contains(index) {
      references[index] += operand.references
    }
  }
}
