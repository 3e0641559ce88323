/// Instructions after which another one than the next follows.
extension Assembler {
  package mutating func jump(to label: Label) {
    write(byte: 0xE9)
    writeDistance(to: label)
  }

  package mutating func jump(to label: Label, if condition: Condition) {
    write(byte: 0x0F)
    write(byte: 0x80 | condition.rawValue)
    writeDistance(to: label)
  }

  /// Calls a function whose address is in memory.
  package mutating func call(_ address: Address) {
    write(Opcode(byte: 0xFF), 2, address)
  }

  package mutating func returnToCaller() {
    write(byte: 0xC3)
  }
}
