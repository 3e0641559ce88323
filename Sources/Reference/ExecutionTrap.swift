public import InstructionSet

/// Where the base profile does not say what an instruction does.
public struct ExecutionTrap: Error, Hashable, Sendable, CustomStringConvertible {
  public enum Kind: Hashable, Sendable {
    /// An operand was popped from a stack that held too few.
    case stackUnderflow(needed: Int, depth: Int)
    /// More operands than ``MachineLimits/operandDepth``.
    case stackOverflow
    /// A byte at or beyond ``MachineLimits/memoryBytes``; the address is that of the first byte, offset included.
    case addressOutOfRange(address: UInt64, byteCount: Int)
    /// A local variable with an index of ``MachineLimits/localsPerCall`` or more.
    case localOutOfRange(index: UInt32)
    /// A local variable that no call at this depth ever wrote.
    case localNeverWritten(index: UInt32, callDepth: Int)
    /// More open calls than ``MachineLimits/callDepth``.
    case callsTooDeep
    /// A return without a call that it could return from.
    case returnOutsideCall
    /// The next instruction is not in the table.
    case cursorOutsideTable(cursor: Int, instructionCount: Int)
    /// `input_base` was reached again: it is carried out by the prompt and cannot be repeated.
    case inputBaseRepeated
  }

  public let kind: Kind
  /// The index of the instruction that did it.
  public let index: Int
  public let instruction: Instruction

  package init(_ kind: Kind, index: Int, instruction: Instruction) {
    self.kind = kind
    self.index = index
    self.instruction = instruction
  }

  public var description: String {
    "instruction \(index) (\(instruction.opcode.rawValue)): \(message)"
  }

  private var message: String {
    switch kind {
    case .stackUnderflow(let needed, let depth): "expected \(needed) operands on the stack, found \(depth)"
    case .stackOverflow: "expected at most \(MachineLimits.operandDepth) operands on the stack"
    case .addressOutOfRange(let address, let byteCount):
      "expected \(byteCount) bytes below address \(MachineLimits.memoryBytes), found them at \(address)"
    case .localOutOfRange(let index): "expected a local below \(MachineLimits.localsPerCall), found local \(index)"
    case .localNeverWritten(let index, let callDepth):
      "local \(index) read before it was written at call depth \(callDepth)"
    case .callsTooDeep: "expected at most \(MachineLimits.callDepth) open calls"
    case .returnOutsideCall: "expected an open call to return from, found none"
    case .cursorOutsideTable(let cursor, let instructionCount):
      "expected to go on at one of the \(instructionCount) instructions of the table, found \(cursor)"
    case .inputBaseRepeated: "expected the input to be read once, found a jump to input_base"
    }
  }
}
