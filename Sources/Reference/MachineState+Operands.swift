extension MachineState {
  mutating func push(_ value: UInt32) throws(ExecutionTrap) {
    guard operands.count < MachineLimits.operandDepth else { throw trap(.stackOverflow) }
    operands.append(value)
  }

  mutating func popOne() throws(ExecutionTrap) -> UInt32 {
    guard let top = operands.popLast() else { throw trap(.stackUnderflow(needed: 1, depth: 0)) }
    return top
  }

  /// The two uppermost operands, the one pushed first first.
  mutating func popTwo() throws(ExecutionTrap) -> (UInt32, UInt32) {
    let depth = operands.count
    guard let second = operands.popLast(), let first = operands.popLast() else {
      throw trap(.stackUnderflow(needed: 2, depth: depth))
    }
    return (first, second)
  }

  /// The three uppermost operands, the one pushed first first.
  mutating func popThree() throws(ExecutionTrap) -> (UInt32, UInt32, UInt32) {
    let depth = operands.count
    guard let third = operands.popLast(), let second = operands.popLast(), let first = operands.popLast() else {
      throw trap(.stackUnderflow(needed: 3, depth: depth))
    }
    return (first, second, third)
  }
}
