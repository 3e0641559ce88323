import InstructionSet
import WebAssembly

/// Compiles one function of a valid module to code of the full profile.
///
/// A frame is, from below: the arguments and as many more slots as there are results above their number, the number of the
/// instruction to return to, the other local variables, the operands.
struct FullFunctionCompiler: ~Copyable {
  /// One operand, as far as it is known.
  struct Operand {
    let width: FullToken.ValueWidth
    /// What may have left a reference in the operand's slot.
    var references: [ReferenceSource] = []
  }

  let module: Module
  /// The library that the function belongs to, if it is not the program's own.
  let library: FullLibrary?
  let layout: FullModuleLayout
  let type: FunctionType
  /// The widths of parameters and local variables.
  let locals: [FullToken.ValueWidth]
  /// What is read of them where.
  var liveLocals: LiveLocals?
  /// The number of the current instruction.
  var position = 0
  /// The local variables that are operands now, and their places; see ``keepsOperand(as:)``.
  var homes: [LocalIndex: Int] = [:]
  /// How many operands may be local variables.
  var greatestKeptCount = 0
  var code: FullCode
  var meetings = ReferenceMeetings()
  var operands: [Operand] = []
  var frames: [FullControlFrame] = []
  /// Whether no path leads to the current instruction; then nothing is emitted.
  var isUnreachable = false
  /// Structured instructions opened since nothing is emitted.
  var unreachableDepth = 0
  /// Whether the last instruction was `i32.eqz`: a branch on it can do without.
  var lastWasZeroTest = false

  init(
    _ module: Module, _ library: FullLibrary?, _ layout: FullModuleLayout, _ code: consuming FullCode,
    type: FunctionType, locals: [ValueType]
  ) {
    self.module = module
    self.library = library
    self.layout = layout
    self.code = code
    self.type = type
    self.locals = (type.parameters + locals).map(\.width)
  }

  /// How many slots the frame has now.
  var height: Int { type.argumentSlots + 1 + locals.count - type.parameters.count + operands.count }

  mutating func compile(_ body: [WebAssembly.Instruction]) throws(ProgramCompilerError) {
    let makesFrames = body.contains { makesFrame($0.operation) }
    if makesFrames { code.emit(.enter) }
    // Frames that others are above stay small, so that recursion can be deep.
    greatestKeptCount = makesFrames ? 8 : 1000
    liveLocals = locals.count <= 4096 ? LiveLocals(in: body, count: locals.count) : nil
    for width in locals.dropFirst(type.parameters.count) { emitZero(width) }
    try pushFrame(.function, FunctionType(parameters: [], results: type.results))
    for (index, instruction) in body.enumerated() {
      position = index
      if makesFrames { code.noteFrame(height) }
      try compile(instruction)
      try code.checkCount(offset: instruction.offset)
      lastWasZeroTest = instruction.operation == .numeric(.i32Eqz)
    }
  }

  /// Whether an instruction calls a function that has a frame on the stack.
  private func makesFrame(_ operation: Operation) -> Bool {
    switch operation {
    case .call(let callee): importedFunction(callee)?.makesFrame ?? true
    case .callIndirect, .memoryCopy, .memoryFill: true
    default: false
    }
  }

  /// What a function stands for that the module, or the library, imports; nil for one with a body.
  func importedFunction(_ index: FunctionIndex) -> FullLibrary.ImportedFunction? {
    guard let library else { return layout.hostFunctions[index].map { .host($0) } }
    return index < library.imports.count ? library.imports[Int(index)] : nil
  }

  /// The distance of a local variable's slot from the top of a frame with so many slots.
  func distance(ofLocal index: LocalIndex, height: Int) -> UInt32 {
    let parameters = type.parameters.count
    let home = homes[index].map { type.argumentSlots + 1 + locals.count - parameters + $0 }
    let slot = home ?? (index < parameters ? Int(index) : type.argumentSlots + 1 + Int(index) - parameters)
    return UInt32(bitPattern: Int32(slot + 1 - height))
  }

  private mutating func compile(_ instruction: WebAssembly.Instruction) throws(ProgramCompilerError) {
    switch instruction.operation {
    case .block, .loop, .if, .else, .end: try compileStructure(instruction)
    case _ where isUnreachable: break
    case .br, .brIf, .brTable, .return, .unreachable: try compileBranch(instruction)
    case .call(let callee): try compileCall(callee, instruction)
    case .callIndirect(let type): try compileIndirectCall(type, instruction)
    case .nop: break
    case .drop:
      _ = try pop(instruction)
      code.emit(.pop, 1)
    case .select: try compileSelect(instruction)
    case .localGet, .localSet, .localTee, .globalGet, .globalSet: try compileVariable(instruction)
    case .load, .store, .memorySize, .memoryGrow: try compileMemory(instruction)
    case .i32Const(let value): pushConstant(UInt32(bitPattern: value))
    case .f32Const(let bits): pushConstant(bits)
    case .i64Const(let value): pushWideConstant(UInt64(bitPattern: value))
    case .f64Const(let bits): pushWideConstant(bits)
    case .numeric(let operation): try compileNumeric(operation, instruction)
    case .memoryCopy, .memoryFill: try compileBulkMemory(instruction)
    case .memoryInit, .dataDrop, .tableInit, .elemDrop, .tableCopy:
      throw error(.unsupported(instruction.name, by: .full), instruction)
    }
  }
}

/// Operands.
extension FullFunctionCompiler {
  func error(_ kind: ProgramCompilerError.Kind, _ instruction: WebAssembly.Instruction) -> ProgramCompilerError {
    ProgramCompilerError(kind, offset: instruction.offset)
  }

  mutating func push(_ width: FullToken.ValueWidth, references: [ReferenceSource] = []) {
    operands.append(Operand(width: width, references: references))
  }

  mutating func pop(_ instruction: WebAssembly.Instruction) throws(ProgramCompilerError) -> Operand {
    guard operands.count > frames.last?.floor ?? 0, let operand = operands.popLast() else {
      throw error(.invalid(expected: "an operand for \(instruction.name)"), instruction)
    }
    return operand
  }

  mutating func pop(_ count: Int, _ instruction: WebAssembly.Instruction) throws(ProgramCompilerError) {
    for _ in 0..<count { _ = try pop(instruction) }
  }

  mutating func pushConstant(_ bits: UInt32) {
    code.emit(.const, bits)
    push(.word)
  }

  mutating func pushWideConstant(_ bits: UInt64) {
    code.emit(.wideConst, code.wideConstants.number(of: bits))
    push(.wide)
  }

  /// Pushes a zero that is no operand.
  mutating func emitZero(_ width: FullToken.ValueWidth) {
    if width == .word { code.emit(.const, 0) } else { code.emit(.wideConst, code.wideConstants.number(of: 0)) }
  }

  /// Sees to it that the topmost operands are bytes or constants, to which one may refer.
  mutating func makeSources(_ count: Int) {
    for place in max(0, operands.count - count)..<operands.count {
      for number in meetings.takeInstructions(of: operands[place].references) {
        code.assembler.copyReference(number, operands[place].width)
      }
      operands[place].references = []
    }
  }
}

extension ValueType {
  var width: FullToken.ValueWidth {
    switch self {
    case .i32, .f32: .word
    case .i64, .f64: .wide
    }
  }
}

extension FunctionType {
  /// How many slots a caller provides: for the arguments, or for the results where these are more.
  var argumentSlots: Int { max(parameters.count, results.count) }
}
