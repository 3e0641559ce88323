import InstructionSet
import WebAssembly

/// Values of 64 bits that are only moved: what C compilers make of copied structures and zeroed arrays.
///
/// Such a value is two operands, the lower word below the upper one, and such a variable is two variables. Nothing computes
/// with 64 bits here: taking a word out of a value or putting one in is the most that is done.
extension FunctionCompiler {
  /// Compiles an instruction if it moves a value of 64 bits; false when it does something else.
  mutating func compileDoubleWord(_ instruction: WebAssembly.Instruction) throws(ProgramCompilerError) -> Bool {
    switch instruction.operation {
    case .i64Const(let value):
      emitter.emit(.const(UInt32(truncatingIfNeeded: value)), pushing: 1)
      emitter.emit(.const(UInt32(truncatingIfNeeded: value >> 32)), pushing: 1)
      emitter.joinTopTwo()
    case .load(.i64Load, let argument): try loadDoubleWord(argument, instruction)
    case .store(.i64Store, let argument): try storeDoubleWord(argument, instruction)
    case .localGet(let index) where try local(index, instruction).isDouble:
      let low = try local(index, instruction).place
      emitter.emit(.get(low), pushing: 1)
      emitter.emit(.get(low + 1), pushing: 1)
      emitter.joinTopTwo()
    case .localSet(let index) where try local(index, instruction).isDouble:
      try requireDoubleWord(instruction)
      let low = try local(index, instruction).place
      emitter.emit(.set(low + 1), popping: 1)
      emitter.emit(.set(low), popping: 1)
    case .localTee(let index) where try local(index, instruction).isDouble:
      try requireDoubleWord(instruction)
      let low = try local(index, instruction).place
      emitter.emit(.set(low + 1), popping: 1)
      emitter.emit(.tee(low), popping: 1, pushing: 1)
      emitter.emit(.get(low + 1), pushing: 1)
      emitter.joinTopTwo()
    case .drop where emitter.isDoubleWord(below: 0):
      try requireDoubleWord(instruction)
      emitter.emit(.drop, popping: 1)
      emitter.emit(.drop, popping: 1)
    case .select where emitter.isDoubleWord(below: 1): try selectDoubleWord(instruction)
    case .numeric(let operation): return try compileWord(operation, instruction)
    default: return false
    }
    return true
  }

  /// Compiles a load of 64 bits and the store right behind it, which need no variables for the value; false when the two are
  /// no such pair.
  mutating func copyDoubleWord(
    from source: WebAssembly.Instruction, to target: WebAssembly.Instruction
  ) throws(ProgramCompilerError) -> Bool {
    guard case .load(.i64Load, let loaded) = source.operation, case .store(.i64Store, let stored) = target.operation
    else { return false }
    let (loadedUpper, storedUpper) = (try upperOffset(loaded, source), try upperOffset(stored, target))
    try require(2, target)
    let from = emitter.popToOperand(scratch: 0)
    let to = emitter.popToOperand(scratch: 1)
    // Both words are read before either is written: the places may overlap.
    emitter.emit(to, from, .plain(.load, loaded.offset))
    emitter.emit(to, from, .plain(.load, loadedUpper), .plain(.store, storedUpper))
    emitter.emit(.plain(.store, stored.offset))
    return true
  }

  private mutating func loadDoubleWord(
    _ argument: MemoryArgument, _ instruction: WebAssembly.Instruction
  ) throws(ProgramCompilerError) {
    let upper = try upperOffset(argument, instruction)
    try require(1, instruction)
    let from = emitter.popToOperand(scratch: 0)
    emitter.emit(from, .plain(.load, argument.offset), pushing: 1)
    emitter.emit(from, .plain(.load, upper), pushing: 1)
    emitter.joinTopTwo()
  }

  private mutating func storeDoubleWord(
    _ argument: MemoryArgument, _ instruction: WebAssembly.Instruction
  ) throws(ProgramCompilerError) {
    let upper = try upperOffset(argument, instruction)
    try requireDoubleWord(besides: 1, instruction)
    let high = emitter.popToOperand(scratch: 2)
    let low = emitter.popToOperand(scratch: 1)
    let to = emitter.popToOperand(scratch: 0)
    emitter.emit(to, low, .plain(.store, argument.offset))
    emitter.emit(to, high, .plain(.store, upper))
  }

  private mutating func selectDoubleWord(_ instruction: WebAssembly.Instruction) throws(ProgramCompilerError) {
    let condition = emitter.popToOperand(scratch: 0)
    try requireDoubleWord(instruction)
    let high = emitter.popToOperand(scratch: 1)
    let low = emitter.popToOperand(scratch: 2)
    try requireDoubleWord(instruction)
    let firstHigh = emitter.popToOperand(scratch: 3)
    emitter.emit(low, condition, .select, popping: 1, pushing: 1)
    emitter.emit(firstHigh, high, condition, .select, pushing: 1)
    emitter.joinTopTwo()
  }

  /// Takes a word out of a value or puts one in: `i32.wrap_i64`, `i64.extend_i32_u`, and shifts by exactly 32 bits.
  private mutating func compileWord(
    _ operation: NumericOperator, _ instruction: WebAssembly.Instruction
  ) throws(ProgramCompilerError) -> Bool {
    switch operation {
    case .i32WrapI64:
      try requireDoubleWord(instruction)
      emitter.emit(.drop, popping: 1)
    case .i64ExtendI32U:
      try require(1, instruction)
      emitter.emit(.const(0), pushing: 1)
      emitter.joinTopTwo()
    case .i64ShrU, .i64Shl:
      try requireDoubleWord(instruction)
      guard emitter.removeDoubleWordConstant(32) else { return false }
      try requireDoubleWord(instruction)
      if operation == .i64ShrU {
        let high = emitter.popToOperand(scratch: 0)
        emitter.emit(.drop, popping: 1)
        emitter.emit(high, pushing: 1)
        emitter.emit(.const(0), pushing: 1)
      } else {
        emitter.emit(.drop, popping: 1)
        let low = emitter.popToOperand(scratch: 0)
        emitter.emit(.const(0), pushing: 1)
        emitter.emit(low, pushing: 1)
      }
      emitter.joinTopTwo()
    default: return false
    }
    return true
  }

  /// Throws unless the top operand is a value of 64 bits that belongs to the innermost frame, with so many i32 below it.
  private func requireDoubleWord(
    besides count: Int = 0, _ instruction: WebAssembly.Instruction
  ) throws(ProgramCompilerError) {
    let available = emitter.depth - (frames.last?.height ?? 0)
    let isThere = emitter.isDoubleWord(below: 0) && available >= 2 + count
    if !isThere || (count > 0 && emitter.isDoubleWord(below: 2)) {
      throw error(.invalid(expected: "an i64 operand for \(instruction.name)"), instruction)
    }
  }

  private func upperOffset(
    _ argument: MemoryArgument, _ instruction: WebAssembly.Instruction
  ) throws(ProgramCompilerError) -> UInt32 {
    guard !module.memories.isEmpty else { throw error(.invalid(expected: "a memory"), instruction) }
    let (sum, isTooLarge) = argument.offset.addingReportingOverflow(4)
    if isTooLarge { throw error(.unsupported("an offset of \(argument.offset)"), instruction) }
    return sum
  }
}
