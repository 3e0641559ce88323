import InstructionSet
import WebAssembly

/// Variables, memory and choice.
extension FullFunctionCompiler {
  mutating func compileSelect(_ instruction: WebAssembly.Instruction) throws(ProgramCompilerError) {
    _ = try pop(instruction)
    let second = try pop(instruction)
    // The first operand may stay where it is, as what it is.
    code.emit(second.width == .word ? .select : .wideSelect)
  }

  mutating func compileVariable(_ instruction: WebAssembly.Instruction) throws(ProgramCompilerError) {
    switch instruction.operation {
    case .localGet(let index):
      let number = code.assembler.emitReference(.localGet, distance(ofLocal: index, height: height))
      push(try width(ofLocal: index, instruction), references: [.instruction(number)])
    case .localSet(let index) where keepsOperand(as: index): keepOperand(as: index)
    case .localTee(let index) where keepsOperand(as: index):
      keepOperand(as: index)
      push(
        try width(ofLocal: index, instruction), references: [.instruction(code.assembler.emitReference(.localGet, 0))])
    case .localSet(let index):
      _ = try pop(instruction)
      code.emit(try width(ofLocal: index, instruction).setOpcode, distance(ofLocal: index, height: height))
    case .localTee(let index):
      code.emit(try width(ofLocal: index, instruction).teeOpcode, distance(ofLocal: index, height: height))
    case .globalGet(let index):
      let global = try layout.global(index, offset: instruction.offset)
      push(global.type.width, references: [.instruction(code.assembler.emitReference(.globalGet, global.slot))])
    case .globalSet(let index):
      let global = try layout.global(index, offset: instruction.offset)
      _ = try pop(instruction)
      code.emit(global.type.width.globalSetOpcode, global.slot)
    default: break
    }
  }

  /// Whether the top may become a local variable where it is, so that its bytes need not be written again: until the innermost
  /// frame is left, which pops it.
  ///
  /// It may not be a reference, nothing may be below it that is yet to be popped, and behind the frame no one may read it.
  private func keepsOperand(as index: LocalIndex) -> Bool {
    guard let frame = frames.last, let top = operands.last, let liveLocals else { return false }
    return operands.count == frame.floor + 1 && top.references.isEmpty
      && frame.totalKeptCount < greatestKeptCount
      && !liveLocals.mayLeave(index, constructAt: frame.begin)
  }

  private mutating func keepOperand(as index: LocalIndex) {
    homes[index] = operands.count - 1
    frames[frames.count - 1].keptCount += 1
  }

  private func width(
    ofLocal index: LocalIndex, _ instruction: WebAssembly.Instruction
  ) throws(ProgramCompilerError) -> FullToken.ValueWidth {
    guard index < locals.count else {
      throw error(.invalid(expected: "a local below \(locals.count), not \(index)"), instruction)
    }
    return locals[Int(index)]
  }

  mutating func compileMemory(_ instruction: WebAssembly.Instruction) throws(ProgramCompilerError) {
    switch instruction.operation {
    case .load(let operation, let argument):
      _ = try pop(instruction)
      code.emit(operation.opcode, Self.offset(argument))
      push(operation.width)
    case .store(let operation, let argument):
      try pop(2, instruction)
      code.emit(operation.opcode, Self.offset(argument))
    case .memorySize:
      let number = code.assembler.emitReference(.globalGet, FullModuleLayout.memorySizeSlot)
      push(.word, references: [.instruction(number)])
    case .memoryGrow:
      makeSources(1)
      _ = try pop(instruction)
      emitGrowth()
      push(.word)
    default: break
    }
  }

  /// Calls the library's function of the instruction's name.
  mutating func compileBulkMemory(_ instruction: WebAssembly.Instruction) throws(ProgramCompilerError) {
    let name = Name("bulk_\(instruction.name.replacing(".", with: "_"))")
    try emitCall(try FullLibrary.systemInterface.get().routine(name), instruction)
  }

  /// An offset that reaches beyond all memory may as well reach a little less far: as a signed number it is still too large.
  private static func offset(_ argument: MemoryArgument) -> UInt32 {
    min(argument.offset, UInt32(Int32.max))
  }

  /// From the number of pages to add to the old size, or −1.
  private mutating func emitGrowth() {
    let (refused, done) = (code.newLabel(), code.newLabel())
    let size = FullModuleLayout.memorySizeSlot
    _ = code.assembler.emitReference(.localGet, 0)
    code.emit(.const, layout.greatestPageCount)
    _ = code.assembler.emitReference(.globalGet, size)
    code.emit(.sub)
    code.emit(.gtUnsigned)
    code.emit(.brIf, refused)
    _ = code.assembler.emitReference(.globalGet, size)
    _ = code.assembler.emitReference(.localGet, UInt32(bitPattern: -1))
    _ = code.assembler.emitReference(.globalGet, size)
    code.emit(.add)
    code.emit(.memorySet, size)
    code.emit(.localSet, 0)
    code.emit(.br, done)
    code.place(refused)
    code.emit(.pop, 1)
    code.emit(.const, .max)
    code.place(done)
  }
}

extension LoadOperator {
  fileprivate var width: FullToken.ValueWidth {
    switch self {
    case .i64Load, .f64Load, .i64Load8S, .i64Load8U, .i64Load16S, .i64Load16U, .i64Load32S, .i64Load32U: .wide
    default: .word
    }
  }

  fileprivate var opcode: FullOpcode {
    switch self {
    case .f32Load: .load
    case .f64Load: .wideLoad
    default: FullOpcode(rawValue: rawValue) ?? .load
    }
  }
}

extension StoreOperator {
  fileprivate var opcode: FullOpcode {
    switch self {
    case .i32Store8, .i64Store8: .store8
    case .i32Store16, .i64Store16: .store16
    case .i32Store, .f32Store, .i64Store32: .store32
    case .i64Store, .f64Store: .store64
    }
  }
}
