/// What is wrong with a full-profile program.
public struct FullProgramError: Error, Hashable, Sendable, CustomStringConvertible {
  public enum Kind: Hashable, Sendable {
    case firstIsNotHalt
    case tooManyInstructions(count: Int)
    case noSuchEntry(Int)
    case immediateOutOfRange(FullInstruction, Range<Int>)
  }

  public let kind: Kind
  /// The index of the instruction concerned.
  public let instruction: Int

  package init(_ kind: Kind, instruction: Int) {
    self.kind = kind
    self.instruction = instruction
  }

  public var description: String {
    "instruction \(instruction): \(message)"
  }

  private var message: String {
    switch kind {
    case .firstIsNotHalt: "expected halt, to which the outermost function returns"
    case .tooManyInstructions(let count): "expected at most \(FullProgram.greatestCount) instructions, found \(count)"
    case .noSuchEntry(let entry): "expected an entry within the program, found \(entry)"
    case .immediateOutOfRange(let instruction, let range):
      "expected an immediate of \(instruction.opcode.rawValue) from \(range.lowerBound) to \(range.upperBound - 1), "
        + "found \(instruction.immediate)"
    }
  }
}
