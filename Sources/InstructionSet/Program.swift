/// A program of the base profile and, when it reads one, its input.
public struct Program: Hashable, Sendable {
  public let instructions: [Instruction]
  /// The bytes that the program reads at the address that `input_base` names; nil when instruction 0 is not `input_base`.
  public let input: [UInt8]?

  /// The most instructions that a machine reads: each is five tokens, and what looks positions up is exact below 2²⁶.
  public static let greatestCount = (1 << 26) / 5

  /// - Throws: ``ProgramError`` when the table is empty, an input is given to a program that reads none or holds a zero byte.
  public init(instructions: [Instruction], input: [UInt8]? = nil) throws(ProgramError) {
    guard let first = instructions.first else { throw ProgramError(.noInstructions) }
    if let misplaced = instructions.dropFirst().firstIndex(where: { $0.opcode == .inputBase }) {
      throw ProgramError(.misplacedInputBase(instruction: misplaced))
    }
    if first.opcode != .inputBase, let input, !input.isEmpty { throw ProgramError(.unexpectedInput) }
    if let zero = input?.firstIndex(of: 0) { throw ProgramError(.zeroByteInInput(offset: zero)) }
    self.instructions = instructions
    self.input = first.opcode == .inputBase ? input ?? [] : nil
  }

  /// The same instructions with another input.
  public func with(input: [UInt8]) throws(ProgramError) -> Program {
    try Program(instructions: instructions, input: input)
  }

  /// The prompt of the universal machine: brackets, instructions, input.
  public var prompt: [Token] {
    [.programStart] + instructions.flatMap(\.tokens) + [.programEnd] + inputTokens
  }

  /// The prompt of the machine specialised to this program.
  ///
  /// A program that reads no input begins with a commit, so that the first prediction is made at a position whose
  /// constants are not zero.
  public var specializedPrompt: [Token] {
    [.start] + (input == nil ? [Self.inputCommit] : inputTokens)
  }

  static let inputCommit = Token.commit(+0, stores: false, branch: false)

  private var inputTokens: [Token] {
    guard let input else { return [] }
    return input.map(Self.inputToken) + [.byte(0), Self.inputCommit]
  }

  /// Characters stand for themselves, except the universal machine's brackets; everything else is in hexadecimal.
  static func inputToken(_ byte: UInt8) -> Token {
    let isBracket = byte == 0x7b || byte == 0x7d
    let isCharacter = Token.printable.contains(byte) && !isBracket
    return isCharacter ? .character(byte) : .byte(byte)
  }
}
