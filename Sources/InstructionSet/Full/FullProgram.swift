/// A program of the full profile.
///
/// Instruction 0 is `halt`: whatever jumps to 0 stops, as the return of the outermost function does.
public struct FullProgram: Hashable, Sendable {
  public let instructions: [FullInstruction]
  /// The eight-byte constants that `i64.const` names by their number.
  public let wideConstants: [UInt64]
  /// What memory holds at the start, where it is not 0.
  public let data: [MemorySegment]
  /// The number of the instruction to begin with.
  public let entry: Int

  /// The most instructions of a program: jumps name one by two bytes.
  public static let greatestCount = 1 << 16

  /// - Throws: ``FullProgramError`` when the table is empty or too long, does not begin with `halt`, or an instruction names a
  ///   constant or the entry an instruction that does not exist.
  public init(
    instructions: [FullInstruction], wideConstants: [UInt64] = [], data: [MemorySegment] = [], entry: Int = 1
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
    self.data = data
    self.entry = entry
  }

  /// The same program with more in memory at the start.
  public func adding(_ segment: MemorySegment) -> FullProgram {
    FullProgram(self, data: data + [segment])
  }

  private init(_ program: FullProgram, data: [MemorySegment]) {
    instructions = program.instructions
    wideConstants = program.wideConstants
    entry = program.entry
    self.data = data
  }

  /// The position of an instruction's opcode in the prompt; its immediate follows.
  public static func position(ofInstruction index: Int) -> Int {
    1 + smallValues.count + 5 * index
  }

  /// `{`, the small values, the instructions, `}`, the wide constants, the data and the jump to the entry.
  public var prompt: [FullToken] {
    var tokens: [FullToken] = [.programStart] + Self.smallValues
    for instruction in instructions { tokens += resolved(instruction).tokens }
    return tokens + [.programEnd] + promptBehindInstructions
  }

  /// The wide constants, the data and the jump to the entry.
  var promptBehindInstructions: [FullToken] {
    let constants = wideConstants.flatMap { constant in
      (0..<8).map { FullToken.byte(UInt8(truncatingIfNeeded: constant >> (8 * $0))) }
    }
    return constants + data.flatMap(\.tokens) + [
      .byte(UInt8(truncatingIfNeeded: entry)), .last(UInt8(truncatingIfNeeded: entry >> 8), .jump(0)),
    ]
  }

  /// The i32 values 0 to 255, four bytes each: what a one-byte result stands for. They are also the first 1,024 positions,
  /// which the machine counts by when it divides by 256.
  public static let smallValues: [FullToken] = (0...255).flatMap { value -> [FullToken] in
    [.byte(UInt8(value)), .byte(0), .byte(0), .byte(0)]
  }

  /// How far the numbers of two traps are apart by which the machine names tokens: so far that a trap may be added to any other
  /// number and still is the nearest.
  package static let trapDistance = 32768

  /// The instruction as it stands in the prompt: a wide constant is named by the position of its first byte, a trap by its distance
  /// from the first one.
  private func resolved(_ instruction: FullInstruction) -> FullInstruction {
    switch instruction.opcode {
    case .wideConst:
      let first = Self.position(ofInstruction: instructions.count) + 1
      return FullInstruction(.wideConst, UInt32(first + 8 * Int(instruction.immediate)))
    case .trap: return FullInstruction(.trap, instruction.immediate * UInt32(Self.trapDistance))
    default: return instruction
    }
  }
}

extension FullOpcodeDescription.Immediate {
  /// The values that the immediate may have, nil for all.
  fileprivate func limit(wideConstants: Int) -> Range<Int>? {
    switch self {
    case .target: 0..<FullProgram.greatestCount
    case .wideConstant: 0..<wideConstants
    case .count(let range): range
    case .none, .constant, .slot, .offset, .labels, .elements, .label, .depth: nil
    }
  }
}

/// Bytes that stand in memory from an address on.
public struct MemorySegment: Hashable, Sendable {
  public let address: UInt32
  public let bytes: [UInt8]

  public init(address: UInt32, bytes: [UInt8]) {
    self.address = address
    self.bytes = bytes
  }

  /// The four bytes of the address, then those of the segment.
  public var tokens: [FullToken] {
    let place = (0..<4).map { UInt8(truncatingIfNeeded: address >> (8 * $0)) }
    return place.dropLast().map { .byte($0) } + place.suffix(1).map { .dataAddress($0) } + bytes.map { .data($0) }
  }
}
