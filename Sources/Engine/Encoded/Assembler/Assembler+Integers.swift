/// Instructions on integers and addresses of 8 bytes.
extension Assembler {
  private static func wide(_ byte: UInt8) -> Opcode { Opcode(isWide: true, byte: byte) }

  package mutating func move(_ register: GeneralRegister, _ other: GeneralRegister) {
    write(Self.wide(0x8B), register.rawValue, register: other.rawValue)
  }

  package mutating func load(_ register: GeneralRegister, _ address: Address) {
    write(Self.wide(0x8B), register.rawValue, address)
  }

  /// Loads a constant.
  package mutating func load(_ register: GeneralRegister, _ constant: Int32) {
    writeOperation(0xC7, 0, register, constant)
  }

  /// Loads an integer of 4 bytes with its sign.
  package mutating func loadSigned32(_ register: GeneralRegister, _ address: Address) {
    write(Self.wide(0x63), register.rawValue, address)
  }

  /// Loads an integer of 2 bytes without sign.
  package mutating func loadUnsigned16(_ register: GeneralRegister, _ address: Address) {
    write(Opcode(isEscaped: true, isWide: true, byte: 0xB7), register.rawValue, address)
  }

  /// Loads where an operand is.
  package mutating func loadAddress(_ register: GeneralRegister, _ address: Address) {
    write(Self.wide(0x8D), register.rawValue, address)
  }

  package mutating func add(_ register: GeneralRegister, _ address: Address) {
    write(Self.wide(0x03), register.rawValue, address)
  }

  package mutating func add(_ register: GeneralRegister, _ other: GeneralRegister) {
    write(Self.wide(0x03), register.rawValue, register: other.rawValue)
  }

  package mutating func add(_ register: GeneralRegister, _ constant: Int32) {
    writeOperation(0x81, 0, register, constant)
  }

  package mutating func compare(_ register: GeneralRegister, _ constant: Int32) {
    writeOperation(0x81, 7, register, constant)
  }

  /// Compares a register with 0.
  package mutating func test(_ register: GeneralRegister) {
    write(Self.wide(0x85), register.rawValue, register: register.rawValue)
  }

  /// A register is another one times a constant.
  package mutating func multiply(_ register: GeneralRegister, _ other: GeneralRegister, _ constant: Int32) {
    write(Self.wide(0x69), register.rawValue, register: other.rawValue)
    write(UInt32(bitPattern: constant))
  }

  package mutating func push(_ register: GeneralRegister) {
    writeStackOperation(0x50, register)
  }

  package mutating func pop(_ register: GeneralRegister) {
    writeStackOperation(0x58, register)
  }

  /// An instruction with a constant has a number in the place of its other register.
  private mutating func writeOperation(
    _ byte: UInt8, _ operation: UInt8, _ register: GeneralRegister, _ constant: Int32
  ) {
    write(Self.wide(byte), operation, register: register.rawValue)
    write(UInt32(bitPattern: constant))
  }

  private mutating func writeStackOperation(_ byte: UInt8, _ register: GeneralRegister) {
    if register.rawValue >= 8 { write(byte: 0x41) }
    write(byte: byte | register.rawValue & 7)
  }
}
