import InstructionSet
import WebAssembly

/// Compiles one function of a module to a code unit.
///
/// Arguments come on the operand stack and results go back on it; the function's own operands lie above those of its callers.
struct FunctionCompiler {
  /// Local variables that a call has in the base profile.
  static let localLimit = 64

  let module: Module
  let addresses: AddressSpace
  let function: Function
  let type: FunctionType
  let table: Result<FunctionTable, ProgramCompilerError>
  /// What the other functions leave of the instructions that a program may have.
  let budget: InstructionBudget
  let places: LocalPlaces
  var emitter: CodeEmitter
  var frames: [ControlFrame] = []
  /// Whether no path leads to the current instruction; then nothing is emitted.
  var isUnreachable = false
  /// Structured instructions opened since nothing is emitted.
  var unreachableDepth = 0

  /// What the local variables are known not to exceed here.
  var bounds: LocalBounds
  var loops: LoopAssumptions

  /// - Throws: ``ProgramCompilerError`` for a function that is not valid, or that the base profile cannot execute.
  static func compile(
    _ function: Function, of module: Module, addresses: AddressSpace,
    table: Result<FunctionTable, ProgramCompilerError>, budget: InstructionBudget
  ) throws(ProgramCompilerError) -> AssemblyBlock {
    var loops = LoopAssumptions()
    while true {
      var compiler = try FunctionCompiler(
        function, of: module, addresses: addresses, table: table, budget: budget, loops: loops)
      let block = try compiler.compile()
      loops = compiler.loops
      if loops.settle() { return block }
    }
  }

  private init(
    _ function: Function, of module: Module, addresses: AddressSpace,
    table: Result<FunctionTable, ProgramCompilerError>, budget: InstructionBudget, loops: LoopAssumptions
  ) throws(ProgramCompilerError) {
    self.table = table
    self.budget = budget
    self.module = module
    self.addresses = addresses
    self.function = function
    type = try module.integerType(function.type, offset: function.offset)
    places = try LocalPlaces(function, parameterCount: type.parameters.count)
    let count = places.wordCount
    guard count <= Self.localLimit else {
      throw ProgramCompilerError(.tooManyLocals(count: count, limit: Self.localLimit), offset: function.offset)
    }
    bounds = LocalBounds(parameterCount: type.parameters.count, localCount: count - type.parameters.count)
    self.loops = loops
    emitter = CodeEmitter(addresses: addresses, ownLocalCount: count, operandCount: type.parameters.count)
  }

  private mutating func compile() throws(ProgramCompilerError) -> AssemblyBlock {
    emitLocals()
    pushFrame(.function, type: FunctionType(parameters: [], results: type.results))
    var body = withoutIdleMasks(function.body)[...]
    while let instruction = body.popFirst() {
      guard !frames.isEmpty else {
        throw error(.invalid(expected: "no instruction behind the function's end"), instruction)
      }
      if isUnreachable {
        try compile(instruction)
      } else if let next = body.first, try copyDoubleWord(from: instruction, to: next) {
        body.removeFirst()
      } else if try !compileDoubleWord(instruction) {
        try compile(instruction)
      }
      try checkCount(instruction)
    }
    guard frames.isEmpty else {
      throw ProgramCompilerError(.invalid(expected: "an end for every structured instruction"), offset: function.offset)
    }
    guard emitter.localCount <= Self.localLimit else {
      throw ProgramCompilerError(
        .tooManyLocals(count: emitter.localCount, limit: Self.localLimit), offset: function.offset)
    }
    return emitter.block
  }

  /// Moves the arguments into their variables and zeroes what may be read before it is written: a variable that an earlier
  /// call at this depth wrote would be found there.
  private mutating func emitLocals() {
    for index in type.parameters.indices.reversed() { emitter.emit(.set(UInt32(index)), popping: 1) }
    let early = DefiniteAssignment.localsReadEarly(in: function.body, parameterCount: type.parameters.count)
    for index in type.parameters.count..<places.count where early >> UInt64(index) & 1 == 1 {
      guard let word = places.word(of: LocalIndex(index)) else { continue }
      emitter.emit(.const(0), .set(word.place))
      if word.isDouble { emitter.emit(.const(0), .set(word.place + 1)) }
    }
  }

  private mutating func compile(_ instruction: WebAssembly.Instruction) throws(ProgramCompilerError) {
    switch instruction.operation {
    case .block, .loop, .if, .else, .end: try compileStructure(instruction)
    case _ where isUnreachable: break
    case .br, .brIf, .brTable, .return, .unreachable: try compileBranch(instruction)
    case .call(let callee): try compileCall(callee, instruction)
    case .callIndirect(let type): try compileIndirectCall(type, instruction)
    case .nop: break
    case .drop: try emit(.drop, popping: 1, instruction)
    case .select:
      try require(3, instruction)
      emitter.emit(.select, popping: 3, pushing: 1, bound: max(emitter.bound(1), emitter.bound(2)))
    case .localGet, .localSet, .localTee, .globalGet, .globalSet: try compileVariable(instruction)
    case .load, .store, .memorySize: try compileMemory(instruction)
    case .i32Const(let value):
      let bits = UInt32(bitPattern: value)
      emitter.emit(.const(bits), pushing: 1, bound: bits)
    case .numeric(let operation): try compileNumeric(operation, instruction)
    case .memoryGrow, .memoryInit, .dataDrop, .memoryCopy, .memoryFill, .tableInit, .elemDrop, .tableCopy,
      .i64Const, .f32Const, .f64Const:
      throw error(.unsupported(instruction.name), instruction)
    }
  }
}

/// Checks.
extension FunctionCompiler {
  func error(_ kind: ProgramCompilerError.Kind, _ instruction: WebAssembly.Instruction) -> ProgramCompilerError {
    ProgramCompilerError(kind, offset: instruction.offset)
  }

  /// Throws when the program has more instructions than it may have.
  func checkCount(_ instruction: WebAssembly.Instruction) throws(ProgramCompilerError) {
    try budget.check(adding: emitter.block.instructionCount, offset: instruction.offset)
  }

  /// Throws unless the innermost frame has so many operands, all of them i32.
  func require(_ count: Int, _ instruction: WebAssembly.Instruction) throws(ProgramCompilerError) {
    let available = emitter.depth - (frames.last?.height ?? 0)
    if available < count {
      throw error(
        .invalid(expected: "\(count) operands for \(instruction.name), not \(available)"), instruction)
    }
    if (0..<count).contains(where: { emitter.isDoubleWord(below: $0) }) {
      throw error(.invalid(expected: "no i64 operand for \(instruction.name)"), instruction)
    }
  }

  /// Emits an item that pops so many operands, when there are as many.
  mutating func emit(
    _ item: AssemblyItem, popping: Int, pushing: Int = 0, _ instruction: WebAssembly.Instruction
  ) throws(ProgramCompilerError) {
    try require(popping, instruction)
    emitter.emit(item, popping: popping, pushing: pushing)
  }
}
