import InstructionSet

extension MachineState {
  /// Carries out `input_base`: the bytes and a final zero are stored at its immediate.
  mutating func readInput(_ input: [UInt8]) throws(ExecutionTrap) {
    let bytes = input + [0]
    let first = try address(0, plus: instructions[0].immediate, byteCount: bytes.count)
    for (offset, byte) in bytes.enumerated() { memory[first + offset] = byte }
    cursor = 1
  }

  /// The variable's index, checked.
  private func local(_ index: UInt32) throws(ExecutionTrap) -> Int {
    guard index < MachineLimits.localsPerCall else { throw trap(.localOutOfRange(index: index)) }
    return Int(index)
  }

  func readLocal(_ index: UInt32) throws(ExecutionTrap) -> UInt32 {
    guard let value = locals[calls.count, try local(index)] else {
      throw trap(.localNeverWritten(index: index, callDepth: calls.count))
    }
    return value
  }

  mutating func writeLocal(_ index: UInt32, _ value: UInt32) throws(ExecutionTrap) {
    locals[calls.count, try local(index)] = value
  }

  /// The sum of address and offset, which does not wrap around, checked for so many bytes.
  private func address(_ base: UInt32, plus offset: UInt32, byteCount: Int) throws(ExecutionTrap) -> Int {
    let address = UInt64(base) + UInt64(offset)
    guard byteCount <= MachineLimits.memoryBytes, address <= UInt64(MachineLimits.memoryBytes - byteCount) else {
      throw trap(.addressOutOfRange(address: address, byteCount: byteCount))
    }
    return Int(address)
  }

  func load(_ base: UInt32, plus offset: UInt32, byteCount: Int) throws(ExecutionTrap) -> UInt32 {
    memory.load(try address(base, plus: offset, byteCount: byteCount), byteCount: byteCount)
  }

  mutating func store(
    _ value: UInt32, at base: UInt32, plus offset: UInt32, byteCount: Int
  ) throws(ExecutionTrap) {
    memory.store(value, at: try address(base, plus: offset, byteCount: byteCount), byteCount: byteCount)
  }

  mutating func setLocal(_ index: UInt32) throws(ExecutionTrap) {
    let value = try popOne()
    try writeLocal(index, value)
    trace.append(value)
    trace.appendCommit(-1)
  }

  mutating func teeLocal(_ index: UInt32) throws(ExecutionTrap) {
    let value = try popOne()
    try writeLocal(index, value)
    try push(value)
    trace.append(value)
    trace.appendCommit(+0)
  }

  mutating func load(_ offset: UInt32, byteCount: Int) throws(ExecutionTrap) {
    let address = try popOne()
    try pushResult(try load(address, plus: offset, byteCount: byteCount), +0)
  }

  mutating func loadSigned(
    _ offset: UInt32, byteCount: Int, negativeMarks: UInt32
  ) throws(ExecutionTrap) {
    let address = try popOne()
    let unused = UInt32(32 - 8 * byteCount)
    let bits = try load(address, plus: offset, byteCount: byteCount) << unused
    let value = Int32(bitPattern: bits) >> Int32(unused)
    try pushResult(UInt32(bitPattern: value), +0, marks: value < 0 ? negativeMarks : 0)
  }

  mutating func store(_ offset: UInt32, byteCount: Int) throws(ExecutionTrap) {
    let (address, value) = try popTwo()
    try store(value, at: address, plus: offset, byteCount: byteCount)
    trace.append(value, byteCount: byteCount)
    trace.appendCommit(-2)
  }
}
