/// What a machine with a program in its weights writes before the program's first instruction: the values that instructions point
/// at, what memory holds, and the jump to the entry.
///
/// It is a universal machine's prompt without the instructions, and with each four-byte constant once.
public struct FullPrologue: Hashable, Sendable {
  /// What is written.
  public let tokens: [FullToken]
  private let placeOfWord: [UInt32: Int]
  private let placeOfFirstWide: Int

  /// The prologue of a program.
  public init(of program: FullProgram) {
    var tokens = FullProgram.smallValues
    var places: [UInt32: Int] = [:]
    for instruction in program.instructions where instruction.opcode.description.immediate == .constant {
      let value = instruction.immediate
      guard value > 255, places[value] == nil else { continue }
      places[value] = tokens.count
      tokens += instruction.immediateTokens
    }
    placeOfWord = places
    placeOfFirstWide = tokens.count
    self.tokens = tokens + program.promptBehindInstructions
  }

  /// How many tokens are written before the value that an instruction pushes; nil for one that pushes no constant.
  public func place(of instruction: FullInstruction) -> Int? {
    switch instruction.opcode.description.immediate {
    case .constant where instruction.immediate <= 255: 4 * Int(instruction.immediate)
    case .constant: placeOfWord[instruction.immediate]
    case .wideConstant: placeOfFirstWide + 8 * Int(instruction.immediate)
    case .none, .target, .slot, .offset, .labels, .elements, .label, .depth, .count: nil
    }
  }
}

extension FullProgram {
  /// What a machine with a program in its weights reads before it writes the prologue: `{`, memory that the program does not bring
  /// itself, as an input, and `}`.
  public static func specializedPrompt(data: [MemorySegment]) -> [FullToken] {
    [.programStart] + data.flatMap(\.tokens) + [.programEnd]
  }
}
