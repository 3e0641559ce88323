/// An opcode and its 32-bit immediate: five tokens of a full-profile program.
public struct FullInstruction: Hashable, Sendable {
  public let opcode: FullOpcode
  /// Zero for opcodes without an immediate.
  public let immediate: UInt32

  public init(_ opcode: FullOpcode, _ immediate: UInt32 = 0) {
    self.opcode = opcode
    self.immediate = immediate
  }

  /// An instruction whose immediate is a signed number.
  public init(_ opcode: FullOpcode, signed immediate: Int32) {
    self.init(opcode, UInt32(bitPattern: immediate))
  }

  /// The five tokens of the instruction.
  public var tokens: [FullToken] {
    [.instruction(opcode)] + immediateTokens
  }

  /// The four of them that are the immediate.
  var immediateTokens: [FullToken] {
    (0..<4).map { .byte(UInt8(truncatingIfNeeded: immediate >> (8 * $0))) }
  }
}
