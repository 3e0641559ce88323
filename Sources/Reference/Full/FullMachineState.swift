import InstructionSet

/// Everything that the full profile's interpreter remembers between two instructions.
struct FullMachineState: Sendable {
  let program: FullProgram
  /// The number of the next instruction.
  var cursor: Int
  /// The instruction being executed.
  var index: Int
  var stack: [FullSlot] = []
  var memory = SparseMemory()
  /// The size of memory, in pages.
  var pages: UInt32 = 0
  var output: [UInt8] = []
  /// Whether the operand popped last was a reference.
  var lastWasReference = false
  /// The instruction that the latest `table.get` found.
  var target: UInt32 = 0
  /// The bytes that the host has written since the last token that ended some.
  var hostBytes: [UInt8] = []
  /// Where the next byte of memory that the host writes goes.
  var dataAddress: Int?

  init(_ program: FullProgram) {
    self.program = program
    cursor = program.entry
    index = program.entry
    for segment in program.data {
      for (offset, byte) in segment.bytes.enumerated() { memory[Int(segment.address) + offset] = byte }
    }
  }

  var instruction: FullInstruction { program.instructions[index] }

  func fault(_ kind: FullExecutionFault.Kind) -> FullExecutionFault {
    FullExecutionFault(kind: kind, index: index, instruction: instruction)
  }

  mutating func pop() throws(FullExecutionFault) -> FullOperand {
    guard let slot = stack.popLast() else { throw fault(.stackUnderflow) }
    lastWasReference = slot.isReference
    return slot.operand
  }

  /// Pops an operand of a width, as its bits.
  mutating func pop(_ width: FullToken.ValueWidth) throws(FullExecutionFault) -> UInt64 {
    let operand = try pop()
    guard operand.width == width else { throw fault(.wrongWidth(found: operand.width)) }
    return operand.bits
  }

  mutating func popWord() throws(FullExecutionFault) -> UInt32 {
    UInt32(truncatingIfNeeded: try pop(.word))
  }

  mutating func push(_ operand: FullOperand, isReference: Bool = false) {
    stack.append(FullSlot(operand: operand, isReference: isReference))
  }

  /// The slot of the immediate, as an index into ``stack``.
  ///
  /// - Parameter isGlobal: whether it is counted from the bottom, from 1, and not from the top.
  func slot(isGlobal: Bool) throws(FullExecutionFault) -> Int {
    let immediate = Int(Int32(bitPattern: instruction.immediate))
    let place = (isGlobal ? immediate : stack.count + immediate) - 1
    guard stack.indices.contains(place) else { throw fault(.noSuchSlot(place + 1)) }
    return place
  }
}

/// A place on the stack.
struct FullSlot: Hashable, Sendable {
  let operand: FullOperand
  /// Whether it was written by an instruction that refers to another slot.
  let isReference: Bool
}
