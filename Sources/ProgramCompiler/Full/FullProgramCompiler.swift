import InstructionSet
public import WebAssembly

/// Compiles WebAssembly modules to programs of the full profile. The module must be valid.
///
/// ```swift
/// let compiled = try FullProgramCompiler().compile(module)
/// var interpreter = FullReferenceInterpreter(compiled.program)
/// ```
public struct FullProgramCompiler: Sendable {
  /// The largest memory that a program may begin with or grow to, in pages of 65,536 bytes.
  public static let greatestPageCount: UInt32 = 1024

  private let givenArithmetic: FullLibrary?

  public init() {
    givenArithmetic = nil
  }

  /// - Parameter arithmetic: where to find the operators that the machine does not have, if not in the library that ships with
  ///   the compiler.
  package init(arithmetic: FullLibrary) {
    givenArithmetic = arithmetic
  }

  /// A program that instantiates the module, makes a call if it is told one, and halts; the module's exported functions can then be
  /// called.
  ///
  /// - Parameters:
  ///   - names: the exports that are to be called or read; nil for all.
  ///   - call: what to call behind the instantiation.
  /// - Throws: ``ProgramCompilerError`` with the offset of what cannot be executed.
  public func compile(
    _ module: Module, exporting names: Set<Name>? = nil, running call: FullCall? = nil
  ) throws(ProgramCompilerError) -> FullCompiledModule {
    var code = FullCode(arithmetic: try arithmetic())
    let layout = try FullModuleLayout(of: module, code: &code)
    let exports = module.exports.filter { names?.contains($0.name) ?? true }
    let called = exports.compactMap { if case .function(let index) = $0.kind { index } else { nil } }
    let roots = called + (module.start.map { [$0.function] } ?? []) + (call.map { [$0.function] } ?? [])
    let reachable = ReachableFunctions(in: module, from: roots, table: layout.elements)
    code.emit(.halt)
    try emitTable(layout, module, reachable, &code)
    let entry = code.newLabel()
    code.place(entry)
    try emitInstantiation(module, layout, &code)
    let results = try call.map { call throws(ProgramCompilerError) in try emit(call, module, layout, &code) } ?? []
    code.emit(.halt)
    for index in reachable.functions.sorted() {
      guard let label = layout.functions[index] else { continue }
      code.place(label)
      if layout.hostFunctions[index] == nil {
        try compile(index, of: module, layout, &code)
      } else {
        try compileImported(index, of: module, layout, &code)
      }
    }
    let entries = try emitEntries(exports, of: module, layout, &code)
    try compileRoutines(layout, &code)
    let (program, number) = try link(code, entry, module, layout)
    let resolve = { (entry: UnlinkedEntry) in
      FullCompiledModule.Entry(instruction: number(entry.label), type: entry.type)
    }
    return FullCompiledModule(
      program: program, functions: entries.functions.mapValues(resolve), globals: entries.globals.mapValues(resolve),
      results: results, slotCount: layout.slotCount)
  }

  private func arithmetic() throws(ProgramCompilerError) -> FullLibrary {
    if let givenArithmetic { return givenArithmetic }
    return try FullLibrary.arithmetic.get()
  }

  /// - Parameter library: the library that the function belongs to, if it is not the module's own.
  private func compile(
    _ index: FunctionIndex, of module: Module, in library: FullLibrary? = nil, _ layout: FullModuleLayout,
    _ code: inout FullCode
  ) throws(ProgramCompilerError) {
    do throws(ProgramCompilerError) {
      let function = try module.definition(of: index, offset: 0)
      let limit = FullProgram.greatestCount
      guard function.localCount < limit else {
        throw ProgramCompilerError(
          .tooManyLocals(count: function.localCount, limit: limit - 1, by: .full), offset: function.offset)
      }
      var compiler = FullFunctionCompiler(
        module, library, layout, code.taken(), type: try module.functionType(function.type, offset: function.offset),
        locals: function.locals.flatMap { Array(repeating: $0.type, count: Int($0.count)) })
      try compiler.compile(function.body)
      code = compiler.code
    } catch {
      let name = module.functionNames[index].map { "'\($0)'" } ?? "\(index)"
      // The bytes of a library are not those that a reader has.
      throw library.map { error.withoutOffset.inFunction("\(name) of the library '\($0.name)'") }
        ?? error.inFunction(name)
    }
  }

  /// A function that does nothing but call an imported one: for those who know only where functions begin.
  private func compileImported(
    _ index: FunctionIndex, of module: Module, _ layout: FullModuleLayout, _ code: inout FullCode
  ) throws(ProgramCompilerError) {
    let type = try module.type(of: index, offset: 0)
    var compiler = FullFunctionCompiler(module, nil, layout, code.taken(), type: type, locals: [])
    let arguments = type.parameters.indices.map { Operation.localGet(LocalIndex($0)) }
    do throws(ProgramCompilerError) {
      try compiler.compile((arguments + [.call(index), .end]).map { WebAssembly.Instruction($0, offset: 0) })
    } catch {
      throw error.withoutOffset.inFunction("\(index), which is imported")
    }
    code = compiler.code
  }

  /// The routines that are called, and those that they call.
  private func compileRoutines(
    _ layout: FullModuleLayout, _ code: inout FullCode
  ) throws(ProgramCompilerError) {
    var done: Set<FullRoutine> = []
    while let (routine, label) = code.routines.filter({ !done.contains($0.key) }).min(by: { $0.key < $1.key }) {
      done.insert(routine)
      code.place(label)
      let library = routine.library
      try compile(routine.function, of: library.module, in: library, layout, &code)
    }
  }

  private func emitTable(
    _ layout: FullModuleLayout, _ module: Module, _ reachable: ReachableFunctions, _ code: inout FullCode
  ) throws(ProgramCompilerError) {
    for element in layout.elements {
      if let element, reachable.functions.contains(element), let label = layout.functions[element] {
        code.emit(.label, label, upperHalf: layout.number(of: try module.type(of: element, offset: 0)))
      } else {
        code.emit(.label)
      }
    }
    code.emit(.label)
  }

  /// The size of memory, the globals, and the start function.
  private func emitInstantiation(
    _ module: Module, _ layout: FullModuleLayout, _ code: inout FullCode
  ) throws(ProgramCompilerError) {
    code.emit(.const, 0)
    code.emit(.const, layout.pageCount)
    code.emit(.memorySet, FullModuleLayout.memorySizeSlot)
    for global in layout.globals {
      switch global.type.width {
      case .word: code.emit(.const, UInt32(truncatingIfNeeded: global.value))
      case .wide: code.emit(.wideConst, code.wideConstants.number(of: global.value))
      }
      try code.checkCount(offset: global.offset)
    }
    if let start = module.start, let label = layout.functions[start.function] { code.emitCall(label) }
  }

  /// The call that a program begins with.
  ///
  /// - Returns: the types of its results.
  private func emit(
    _ call: FullCall, _ module: Module, _ layout: FullModuleLayout, _ code: inout FullCode
  ) throws(ProgramCompilerError) -> [ValueType] {
    guard let label = layout.functions[call.function] else {
      throw ProgramCompilerError(.invalid(expected: "a function below \(layout.functions.count), not \(call.function)"))
    }
    let type = try module.type(of: call.function, offset: 0)
    for argument in call.arguments { code.emit(.const, argument) }
    code.emitCall(of: label, type)
    if call.givesExitCode { code.emit(.host, UInt32(HostService.exit.rawValue)) }
    return type.results
  }

  private func link(
    _ code: borrowing FullCode, _ entry: FullLabel, _ module: Module, _ layout: FullModuleLayout
  ) throws(ProgramCompilerError) -> (program: FullProgram, number: (FullLabel) -> Int) {
    var data: [MemorySegment] = []
    for segment in module.data {
      guard case .active(_, let expression) = segment.mode else { continue }
      let start = UInt32(truncatingIfNeeded: try layout.value(of: expression, offset: segment.offset))
      guard Int(start) + segment.bytes.count <= Int(layout.pageCount) << 16 else {
        throw ProgramCompilerError(.invalid(expected: "a data segment within memory"), offset: segment.offset)
      }
      data.append(MemorySegment(address: start, bytes: segment.bytes))
    }
    let stackLimit = FullStackLimit.slots(greatestFrame: code.greatestFrame, slotCount: layout.slotCount)
    let (instructions, number) = code.assembler.linked(stackLimit: stackLimit)
    do {
      let program = try FullProgram(
        instructions: instructions, wideConstants: code.wideConstants.values, data: data, entry: number(entry))
      return (program, number)
    } catch {
      throw ProgramCompilerError(.invalid(expected: "a program of the full profile: \(error)"))
    }
  }
}

extension Module {
  /// A function type, of whatever values.
  func functionType(_ index: TypeIndex, offset: Int) throws(ProgramCompilerError) -> FunctionType {
    guard index < types.count else {
      throw ProgramCompilerError(.invalid(expected: "a type index below \(types.count), not \(index)"), offset: offset)
    }
    return types[Int(index)]
  }

  /// What a structured instruction takes and leaves.
  func functionType(_ blockType: BlockType, offset: Int) throws(ProgramCompilerError) -> FunctionType {
    switch blockType {
    case .empty: FunctionType(parameters: [], results: [])
    case .result(let type): FunctionType(parameters: [], results: [type])
    case .type(let index): try functionType(index, offset: offset)
    }
  }
}
