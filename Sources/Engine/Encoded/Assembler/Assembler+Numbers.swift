/// Instructions on numbers (binary64).
extension Assembler {
  private static func scalar(_ byte: UInt8) -> Opcode { Opcode(prefix: 0xF2, isEscaped: true, byte: byte) }
  private static func packed(_ byte: UInt8) -> Opcode { Opcode(prefix: 0x66, isEscaped: true, byte: byte) }

  /// Loads a number.
  package mutating func load(_ register: VectorRegister, _ address: Address) {
    write(Self.scalar(0x10), register.rawValue, address)
  }

  /// Stores a number.
  package mutating func store(_ register: VectorRegister, _ address: Address) {
    write(Self.scalar(0x11), register.rawValue, address)
  }

  /// Copies a register.
  package mutating func move(_ register: VectorRegister, _ other: VectorRegister) {
    write(Self.packed(0x28), register.rawValue, register: other.rawValue)
  }

  /// Makes a register 0.
  package mutating func clear(_ register: VectorRegister) {
    write(Self.packed(0x57), register.rawValue, register: register.rawValue)
  }

  package mutating func add(_ register: VectorRegister, _ address: Address) {
    write(Self.scalar(0x58), register.rawValue, address)
  }

  package mutating func add(_ register: VectorRegister, _ other: VectorRegister) {
    write(Self.scalar(0x58), register.rawValue, register: other.rawValue)
  }

  package mutating func subtract(_ register: VectorRegister, _ address: Address) {
    write(Self.scalar(0x5C), register.rawValue, address)
  }

  package mutating func multiply(_ register: VectorRegister, _ address: Address) {
    write(Self.scalar(0x59), register.rawValue, address)
  }

  package mutating func multiply(_ register: VectorRegister, _ other: VectorRegister) {
    write(Self.scalar(0x59), register.rawValue, register: other.rawValue)
  }

  /// Replaces a number by another one unless it is greater; a NaN is not.
  package mutating func maximum(_ register: VectorRegister, _ address: Address) {
    write(Self.scalar(0x5F), register.rawValue, address)
  }

  /// Compares two numbers, for a jump.
  package mutating func compare(_ register: VectorRegister, _ address: Address) {
    write(Self.packed(0x2E), register.rawValue, address)
  }

  /// Compares two numbers, for a jump.
  package mutating func compare(_ register: VectorRegister, _ other: VectorRegister) {
    write(Self.packed(0x2E), register.rawValue, register: other.rawValue)
  }

  /// The number that an integer of 8 bytes is.
  package mutating func convert(_ register: VectorRegister, _ integer: GeneralRegister) {
    // The instruction keeps the upper half, and would wait for whoever wrote it.
    clear(register)
    write(
      Opcode(prefix: 0xF2, isEscaped: true, isWide: true, byte: 0x2A), register.rawValue, register: integer.rawValue)
  }

  /// A number without what is behind the point, as an integer of 8 bytes; `Int.min` for one that is too large or NaN.
  package mutating func truncate(_ integer: GeneralRegister, _ register: VectorRegister) {
    write(
      Opcode(prefix: 0xF2, isEscaped: true, isWide: true, byte: 0x2C), integer.rawValue, register: register.rawValue)
  }
}
