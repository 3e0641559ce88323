import InstructionSet

extension FullMachineState {
  /// The address, nil where not all bytes are within memory.
  private func address(_ base: UInt32, byteCount: Int) -> Int? {
    let address = Int(base) + Int(instruction.immediate)
    return address + byteCount <= Int(pages) << 16 ? address : nil
  }

  mutating func load(
    _ count: Int, signed: Bool, _ description: FullOpcodeDescription
  ) throws(FullExecutionFault) -> [FullToken] {
    let base = try popWord()
    guard let address = address(base, byteCount: count) else {
      return trap(.outOfBoundsMemoryAccess, operands: FullOperand(base))
    }
    var bits: UInt64 = 0
    for byte in 0..<count { bits |= UInt64(memory[address + byte]) << UInt64(8 * byte) }
    let unused = Int64(64 - 8 * count)
    if signed { bits = UInt64(bitPattern: Int64(bitPattern: bits << UInt64(unused)) >> unused) }
    return try finish(FullResult(bits), description)
  }

  mutating func store(_ count: Int, _ description: FullOpcodeDescription) throws(FullExecutionFault) -> [FullToken] {
    let operand = try pop()
    let (base, value) = (try popWord(), operand.bits)
    guard let address = address(base, byteCount: count) else {
      return trap(.outOfBoundsMemoryAccess, operands: FullOperand(base), operand)
    }
    for byte in 0..<count { memory[address + byte] = UInt8(truncatingIfNeeded: value >> UInt64(8 * byte)) }
    return try finish(FullResult(value), description)
  }
}
