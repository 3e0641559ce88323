import InstructionSet

extension FullMachineState {
  mutating func jump(
    if condition: FullOpcodeDescription.Condition, _ description: FullOpcodeDescription
  ) throws(FullExecutionFault) -> [FullToken] {
    let isTaken =
      switch condition {
      case .always: true
      case .ifNotZero: try popWord() != 0
      case .ifZero: try popWord() == 0
      }
    guard isTaken else { return [.event(.pop(1))] }
    return try finish(FullResult(instruction.immediate), description)
  }

  /// The labels are the instructions behind this one, as many as the immediate says and one.
  mutating func jumpByTable(_ description: FullOpcodeDescription) throws(FullExecutionFault) -> [FullToken] {
    let label = index + 1 + Int(min(try popWord(), instruction.immediate))
    guard program.instructions.indices.contains(label) else { throw fault(.cursorOutsideProgram(label)) }
    return try finish(FullResult(program.instructions[label].immediate), description)
  }

  mutating func select(_ description: FullOpcodeDescription) throws(FullExecutionFault) -> [FullToken] {
    let isFirst = try popWord() != 0
    let second = try pop(description.operandWidth)
    if isFirst {
      guard let first = stack.last else { throw fault(.stackUnderflow) }
      guard first.operand.width == description.operandWidth else {
        throw fault(.wrongWidth(found: first.operand.width))
      }
      return [.event(.pop(2))]
    }
    _ = try pop(description.operandWidth)
    return try finish(FullResult(second), description)
  }
}
