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

  /// The labels are the instructions behind this one.
  mutating func jumpByTable(_ description: FullOpcodeDescription) throws(FullExecutionFault) -> [FullToken] {
    let label = try label(at: index + 1 + Int(min(try popWord(), instruction.immediate >> 16)))
    return try finish(FullResult(label & 0xffff), description)
  }

  /// The elements are the labels from instruction 1 on.
  mutating func lookUpElement(_ description: FullOpcodeDescription) throws(FullExecutionFault) -> [FullToken] {
    let (type, count) = (instruction.immediate & 0xffff, instruction.immediate >> 16)
    let element = try popWord()
    guard element < count else { return trap(.undefinedElement, operands: FullOperand(element)) }
    let label = try label(at: 1 + Int(element))
    guard label >> 16 != 0 else { return trap(.uninitializedElement, operands: FullOperand(element)) }
    guard label >> 16 == type else { return trap(.indirectCallTypeMismatch, operands: FullOperand(element)) }
    return try finish(FullResult(label & 0xffff), description)
  }

  private func label(at place: Int) throws(FullExecutionFault) -> UInt32 {
    guard program.instructions.indices.contains(place), program.instructions[place].opcode == .label else {
      throw fault(.cursorOutsideProgram(place))
    }
    return program.instructions[place].immediate
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
