import InstructionSet

extension FullMachineState {
  /// Executes the instruction at the cursor and returns its tokens.
  mutating func executeInstruction() throws(FullExecutionFault) -> [FullToken] {
    guard program.instructions.indices.contains(cursor) else { throw fault(.cursorOutsideProgram(cursor)) }
    index = cursor
    cursor += 1
    let description = instruction.opcode.description
    switch description.operation {
    case .nothing: return [.event(try performEvent(description.ending))]
    case .target(let condition): return try jump(if: condition, description)
    case .tableTarget:
      return description.immediate == .elements ? try lookUpElement(description) : try jumpByTable(description)
    case .lastTarget: return try finish(FullResult(target), description)
    case .select: return try select(description)
    case .load(let count, let signed): return try load(count, signed: signed, description)
    case .store(let count): return try store(count, description)
    case .combination, .extend, .product, .quotient, .shift, .comparison, .bitCount:
      guard let result = try calculate(description) else { return [.event(.trap(.integerDivideByZero))] }
      return try finish(result, description)
    }
  }

  private mutating func performEvent(
    _ ending: FullOpcodeDescription.Ending
  ) throws(FullExecutionFault) -> FullToken.Event {
    let number = Int(instruction.immediate)
    switch ending {
    case .event(.constant): push(FullOperand(UInt64(instruction.immediate), .word))
    case .event(.wideConstant): push(FullOperand(program.wideConstants[number], .wide))
    case .event(.local): try pushReference(isGlobal: false)
    case .event(.global): try pushReference(isGlobal: true)
    case .numbered(.pop):
      for _ in 0..<number { _ = try pop() }
      return .pop(number)
    case .numbered(.host): return .host(number)
    case .numbered(.trap): return .trap(Trap.allCases[number])
    case .event(.enter): if stack.count >= number { return .trap(.callStackExhausted) }
    case .event, .last: break
    }
    guard case .event(let event) = ending else { return .halt }
    return event
  }

  private mutating func pushReference(isGlobal: Bool) throws(FullExecutionFault) {
    let place = try slot(isGlobal: isGlobal)
    if stack[place].isReference { throw fault(.referenceToReference(slot: place + 1)) }
    push(stack[place].operand, isReference: true)
  }

  /// The token of a trap, which leaves the operands that were popped, the lowest first, on the stack.
  mutating func trap(_ trap: Trap, operands: FullOperand...) -> [FullToken] {
    for operand in operands { push(operand) }
    return [.event(.trap(trap))]
  }

  /// Does with a result what the last byte says, and returns the instruction's tokens.
  mutating func finish(
    _ result: FullResult, _ description: FullOpcodeDescription
  ) throws(FullExecutionFault) -> [FullToken] {
    guard case .last(let ending) = description.ending else { return [] }
    switch ending {
    case .push(let width, _): push(FullOperand(result.bits, width))
    case .small: push(FullOperand(result.bits & 0xff, .word))
    case .setLocal(let width): try setSlot(FullOperand(result.bits, width), isGlobal: false)
    case .teeLocal(let width):
      push(FullOperand(result.bits, width), isReference: lastWasReference)
      try setSlot(FullOperand(result.bits, width), isGlobal: false)
    case .setGlobal(let width): try setSlot(FullOperand(result.bits, width), isGlobal: true)
    case .setMemorySize:
      try setSlot(FullOperand(result.bits, .word), isGlobal: true)
      pages = UInt32(truncatingIfNeeded: result.bits)
      guard pages <= FullMachineLimits.pages else { throw fault(.memoryTooLarge(pages: pages)) }
    case .jump: cursor = Int(result.bits & 0xffff)
    case .output: output.append(UInt8(truncatingIfNeeded: result.bits))
    case .target: target = UInt32(truncatingIfNeeded: result.bits) & 0xffff
    case .store: break
    }
    return result.tokens(count: description.byteCount, ending)
  }

  private mutating func setSlot(_ operand: FullOperand, isGlobal: Bool) throws(FullExecutionFault) {
    stack[try slot(isGlobal: isGlobal)] = FullSlot(operand: operand, isReference: false)
  }
}
