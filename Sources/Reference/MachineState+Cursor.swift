import InstructionSet

extension MachineState {
  /// The instruction at the cursor, which moves on to the next one.
  mutating func fetch() throws(ExecutionTrap) -> Instruction {
    guard instructions.indices.contains(cursor) else {
      throw trap(.cursorOutsideTable(cursor: cursor, instructionCount: instructions.count))
    }
    index = cursor
    cursor += 1
    return instructions[index]
  }

  /// Moves the cursor by a signed offset from the next instruction.
  mutating func jump(_ offset: UInt32) {
    cursor += Int(Int32(bitPattern: offset))
  }

  mutating func openCall(_ immediate: UInt32) throws(ExecutionTrap) {
    guard calls.count < MachineLimits.callDepth else { throw trap(.callsTooDeep) }
    calls.append(immediate)
  }

  /// The immediate of the call that ends.
  mutating func closeCall() throws(ExecutionTrap) -> UInt32 {
    guard let immediate = calls.popLast() else { throw trap(.returnOutsideCall) }
    return immediate
  }
}
