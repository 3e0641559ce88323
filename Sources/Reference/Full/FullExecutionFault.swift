public import InstructionSet

/// Where the full profile does not say what an instruction does: a program that no compiler should make.
///
/// What WebAssembly calls a trap is none of these; it is a token of the trace.
public struct FullExecutionFault: Error, Hashable, Sendable, CustomStringConvertible {
  public enum Kind: Hashable, Sendable {
    /// An operand was popped from a stack that held none.
    case stackUnderflow
    /// An operand has another width than the instruction reads.
    case wrongWidth(found: FullToken.ValueWidth)
    /// A slot that does not exist, counted from the bottom.
    case noSuchSlot(Int)
    /// A slot whose latest write is a reference to another slot: only written bytes and constants can be referred to.
    case referenceToReference(slot: Int)
    /// A jump to, or a step behind, what is no instruction.
    case cursorOutsideProgram(Int)
    /// A shift by a number of bits that it does not take.
    case shiftOutOfRange(UInt8)
    /// More pages of memory than the machine can address.
    case memoryTooLarge(pages: UInt32)
    /// A token that is none of the host's, or stands where it means nothing.
    case unexpectedToken(FullToken)
    /// The host's tokens end, or something else begins, in the middle of a value, an address or a jump.
    case unfinishedAnswer
    /// The host writes a value where the machine is about to store.
    case storeBehindHost
  }

  public let kind: Kind
  /// The index of the instruction that did it.
  public let index: Int
  public let instruction: FullInstruction

  public var description: String {
    "instruction \(index) (\(instruction.opcode.rawValue)): \(message)"
  }

  private var message: String {
    switch kind {
    case .stackUnderflow: "expected an operand on the stack, found none"
    case .wrongWidth(let found): "expected an operand of another width, found one of \(found.rawValue) bytes"
    case .noSuchSlot(let slot): "expected a slot of the stack, found slot \(slot)"
    case .referenceToReference(let slot): "expected bytes or a constant in slot \(slot), found a reference"
    case .cursorOutsideProgram(let cursor): "expected to go on at an instruction of the program, found \(cursor)"
    case .shiftOutOfRange(let count): "expected a count that the shift takes, found \(count)"
    case .memoryTooLarge(let pages): "expected at most \(FullMachineLimits.pages) pages of memory, found \(pages)"
    case .unexpectedToken(let token):
      "expected values, pops, bytes of memory or a jump from the host, found \(token.text)"
    case .unfinishedAnswer: "expected the host to end a value, an address or a jump, and bytes of memory by one of them"
    case .storeBehindHost: "expected no store behind what the host writes"
    }
  }
}

/// How far the full profile's addresses reach.
public enum FullMachineLimits {
  /// Pages of 65,536 bytes: lookups by an address are exact below 2²⁶.
  public static let pages: UInt32 = 1024
}
