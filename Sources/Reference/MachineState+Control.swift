import InstructionSet

extension MachineState {
  mutating func halt() {
    isHalted = true
    trace.append(.halt)
  }

  mutating func branch(_ offset: UInt32) {
    trace.appendJump(offset)
    trace.appendCommit(+0, branch: true)
    jump(offset)
  }

  mutating func branchIf(_ offset: UInt32) throws(ExecutionTrap) {
    guard try popOne() != 0 else { return trace.appendCommit(-1) }
    trace.appendJump(offset)
    trace.appendCommit(-1, branch: true)
    jump(offset)
  }

  mutating func call(_ offset: UInt32) throws(ExecutionTrap) {
    try openCall(offset)
    trace.appendJump(offset)
    trace.append(.callCommit)
    jump(offset)
  }

  /// The immediate leads back to the function's first instruction, less the call's immediate to the one behind the call.
  mutating func returnFromCall(_ immediate: UInt32) throws(ExecutionTrap) {
    let offset = ByteArithmetic.difference(immediate, try closeCall())
    trace.appendJump(offset.value, marks: offset.marks)
    trace.append(.returnCommit)
    jump(offset.value)
  }
}
