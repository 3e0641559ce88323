import InstructionSet
import WebAssembly

/// The code by which the host calls functions and reads globals.
extension FullProgramCompiler {
  /// An entry whose instruction has no number yet.
  struct UnlinkedEntry {
    let label: FullLabel
    let type: FunctionType
  }

  /// Emits an entry for each export that has one.
  func emitEntries(
    _ exports: [Export], of module: Module, _ layout: FullModuleLayout, _ code: inout FullCode
  ) throws(ProgramCompilerError) -> (functions: [Name: UnlinkedEntry], globals: [Name: UnlinkedEntry]) {
    var functions: [Name: UnlinkedEntry] = [:]
    var globals: [Name: UnlinkedEntry] = [:]
    for export in exports {
      let name = export.name
      switch export.kind {
      case .function(let index):
        guard let function = layout.functions[index] else { continue }
        let type = try module.type(of: index, offset: export.offset)
        functions[name] = UnlinkedEntry(label: code.emitEntry(calling: function, type), type: type)
      case .global(let index):
        let (type, slot) = try layout.global(index, offset: export.offset)
        globals[name] = UnlinkedEntry(
          label: code.emitEntry(reading: slot, type.width), type: FunctionType(parameters: [], results: [type]))
      case .table, .memory: break
      }
      try code.checkCount(offset: export.offset)
    }
    return (functions, globals)
  }
}

extension FullCode {
  /// Jumps to a function with the number of the instruction behind as where to return to.
  mutating func emitCall(_ label: FullLabel) {
    let back = newLabel()
    emit(.const, back)
    emit(.br, label)
    place(back)
  }

  /// Pops so many slots.
  mutating func emitPops(_ count: Int) {
    var rest = count
    while rest > 0 {
      emit(.pop, UInt32(min(rest, FullToken.greatestPop)))
      rest -= FullToken.greatestPop
    }
  }

  /// Writes the bytes of the topmost slots again, from the lowest on, and pops the copies.
  mutating func emitCopies(_ widths: [FullToken.ValueWidth]) {
    for width in widths {
      emit(.localGet, UInt32(bitPattern: Int32(1 - widths.count)))
      emit(width.copyOpcode)
    }
    emitPops(widths.count)
  }

  /// Calls a function with the arguments on the stack and writes its results.
  mutating func emitCall(of function: FullLabel, _ type: FunctionType) {
    for _ in type.parameters.count..<type.argumentSlots { emit(.const, 0) }
    emitCall(function)
    emitPops(type.argumentSlots - type.results.count)
    emitCopies(type.results.map(\.width))
    emitPops(type.results.count)
  }

  /// The beginning of code that calls a function with the arguments on the stack, writes its results and halts.
  fileprivate mutating func emitEntry(calling function: FullLabel, _ type: FunctionType) -> FullLabel {
    let label = newLabel()
    place(label)
    emitCall(of: function, type)
    emit(.halt)
    return label
  }

  /// The beginning of code that writes what a slot counted from the bottom holds and halts.
  fileprivate mutating func emitEntry(reading slot: UInt32, _ width: FullToken.ValueWidth) -> FullLabel {
    let label = newLabel()
    place(label)
    emit(.globalGet, slot)
    emit(width.copyOpcode)
    emitPops(1)
    emit(.halt)
    return label
  }
}
