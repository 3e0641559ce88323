/// An opcode and its 32-bit immediate: five tokens of a program.
public struct Instruction: Hashable, Sendable {
  public let opcode: Opcode
  /// Zero for opcodes without an immediate.
  public let immediate: UInt32

  public init(_ opcode: Opcode, _ immediate: UInt32 = 0) {
    self.opcode = opcode
    self.immediate = immediate
  }

  /// The immediate's bytes, least significant first.
  public var immediateBytes: [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: immediate >> (8 * $0)) }
  }

  /// The five tokens of the instruction.
  public var tokens: [Token] {
    [.instruction(opcode)] + immediateBytes.map { .byte($0) }
  }
}
