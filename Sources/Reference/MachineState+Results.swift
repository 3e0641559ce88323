import InstructionSet

extension MachineState {
  /// Pushes a value; `stackEffect` is that of the whole instruction, what it popped included.
  mutating func pushResult(
    _ value: UInt32, _ stackEffect: Int, marks: UInt32 = 0
  ) throws(ExecutionTrap) {
    try push(value)
    trace.append(value, marks: marks)
    trace.appendCommit(stackEffect, stores: true)
  }

  mutating func select() throws(ExecutionTrap) {
    let (first, second, condition) = try popThree()
    try pushResult(condition != 0 ? first : second, -2)
  }

  mutating func calculate(
    _ operation: (UInt32, UInt32) -> ByteArithmetic
  ) throws(ExecutionTrap) {
    let (first, second) = try popTwo()
    let result = operation(first, second)
    try pushResult(result.value, -1, marks: result.marks)
  }

  mutating func compare(_ holds: (UInt32, UInt32) -> Bool) throws(ExecutionTrap) {
    let (first, second) = try popTwo()
    try pushResult(holds(first, second) ? 1 : 0, -1)
  }

  mutating func compareSigned(_ holds: (Int32, Int32) -> Bool) throws(ExecutionTrap) {
    try compare { holds(Int32(bitPattern: $0), Int32(bitPattern: $1)) }
  }

  mutating func drop() throws(ExecutionTrap) {
    _ = try popOne()
    trace.appendCommit(-1)
  }

  mutating func printByte() throws(ExecutionTrap) {
    let byte = UInt8(truncatingIfNeeded: try popOne())
    output.append(byte)
    trace.append(.output(byte))
  }
}
