/// A program of the full profile.
///
/// Instruction 0 is `halt`: whatever jumps to 0 stops, as the return of the outermost function does.
public struct FullProgram: Hashable, Sendable {
  public let instructions: [FullInstruction]
  /// The eight-byte constants that `i64.const` names by their number.
  public let wideConstants: [UInt64]
  /// The number of the instruction to begin with.
  public let entry: Int

  /// The most instructions of a program: jumps name one by two bytes.
  public static let greatestCount = 1 << 16

  /// - Throws: ``FullProgramError`` when the table is empty or too long, does not begin with `halt`, or an instruction names a
  ///   constant or the entry an instruction that does not exist.
  public init(
    instructions: [FullInstruction], wideConstants: [UInt64] = [], entry: Int = 1
  ) throws(FullProgramError) {
    guard instructions.first?.opcode == .halt else { throw FullProgramError(.firstIsNotHalt, instruction: 0) }
    guard instructions.count <= Self.greatestCount else {
      throw FullProgramError(.tooManyInstructions(count: instructions.count), instruction: Self.greatestCount)
    }
    guard instructions.indices.contains(entry) else {
      throw FullProgramError(.noSuchEntry(entry), instruction: instructions.count)
    }
    for (index, instruction) in instructions.enumerated() {
      guard let limit = instruction.opcode.description.immediate.limit(wideConstants: wideConstants.count) else {
        continue
      }
      guard limit.contains(Int(instruction.immediate)) else {
        throw FullProgramError(.immediateOutOfRange(instruction, limit), instruction: index)
      }
    }
    self.instructions = instructions
    self.wideConstants = wideConstants
    self.entry = entry
  }

  /// The position of an instruction's opcode in the prompt; its immediate follows.
  public static func position(ofInstruction index: Int) -> Int {
    1 + smallValues.count + 5 * index
  }

  /// `{`, the small values, the instructions, `}`, the wide constants and the jump to the entry.
  public var prompt: [FullToken] {
    var tokens: [FullToken] = [.programStart] + Self.smallValues
    for instruction in instructions { tokens += resolved(instruction).tokens }
    tokens.append(.programEnd)
    for constant in wideConstants {
      tokens += (0..<8).map { .byte(UInt8(truncatingIfNeeded: constant >> (8 * $0))) }
    }
    tokens.append(.byte(UInt8(truncatingIfNeeded: entry)))
    tokens.append(.last(UInt8(truncatingIfNeeded: entry >> 8), .jump(0)))
    return tokens
  }

  /// The i32 values 0 to 255, four bytes each: what a one-byte result stands for. They are also the first 1,024 positions,
  /// which the machine counts by when it divides by 256.
  public static let smallValues: [FullToken] = (0...255).flatMap { value -> [FullToken] in
    [.byte(UInt8(value)), .byte(0), .byte(0), .byte(0)]
  }

  /// The instruction as it stands in the prompt: a wide constant is named by the position of its first byte.
  private func resolved(_ instruction: FullInstruction) -> FullInstruction {
    guard instruction.opcode == .wideConst else { return instruction }
    let first = Self.position(ofInstruction: instructions.count) + 1
    return FullInstruction(.wideConst, UInt32(first + 8 * Int(instruction.immediate)))
  }
}

extension FullOpcodeDescription.Immediate {
  /// The values that the immediate may have, nil for all.
  fileprivate func limit(wideConstants: Int) -> Range<Int>? {
    switch self {
    case .target: 0..<FullProgram.greatestCount
    case .wideConstant: 0..<wideConstants
    case .count(let range): range
    case .none, .constant, .slot, .offset, .labels: nil
    }
  }
}

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
