import InstructionSet

/// Everything that the interpreter remembers between two instructions.
struct MachineState: Sendable {
  let instructions: [Instruction]
  /// The index of the next instruction; outside the table only until that is found out.
  var cursor = 0
  /// The instruction being executed, and before the first one instruction 0.
  var index = 0
  var operands: [UInt32] = []
  /// The immediates of the open calls, the outermost first.
  var calls: [UInt32] = []
  var locals = LocalVariables()
  var memory = SparseMemory()
  var output: [UInt8] = []
  var isHalted = false
  /// The tokens of the latest instruction.
  var trace = InstructionTrace()

  init(_ instructions: [Instruction]) {
    self.instructions = instructions
  }

  func trap(_ kind: ExecutionTrap.Kind) -> ExecutionTrap {
    ExecutionTrap(kind, index: index, instruction: instructions[index])
  }
}
