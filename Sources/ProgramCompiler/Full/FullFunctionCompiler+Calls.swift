import InstructionSet
import WebAssembly

/// Calls: the arguments, slots for further results, the number to return to, the jump.
extension FullFunctionCompiler {
  mutating func compileCall(
    _ callee: FunctionIndex, _ instruction: WebAssembly.Instruction
  ) throws(ProgramCompilerError) {
    switch importedFunction(callee) {
    case .trap(let trap):
      code.emit(.trap, UInt32(trap.rawValue))
      isUnreachable = true
    case .host(let function):
      try compileHostCall(function, try module.type(of: callee, offset: instruction.offset), instruction)
    case nil:
      if let library { return try emitCall(FullRoutine(library: library, function: callee), instruction) }
      let type = try module.type(of: callee, offset: instruction.offset)
      guard let label = layout.functions[callee] else {
        throw error(.invalid(expected: "a function below \(layout.functions.count), not \(callee)"), instruction)
      }
      try emitCall(label, type, instruction)
    }
  }

  /// A call of a library's function with the topmost operands.
  mutating func emitCall(
    _ routine: FullRoutine, _ instruction: WebAssembly.Instruction
  ) throws(ProgramCompilerError) {
    let type = try routine.type
    try emitCall(code.label(of: routine), type, instruction)
  }

  private mutating func emitCall(
    _ label: FullLabel, _ type: FunctionType, _ instruction: WebAssembly.Instruction
  ) throws(ProgramCompilerError) {
    makeSources(type.parameters.count)
    for _ in type.parameters.count..<type.argumentSlots { code.emit(.const, 0) }
    code.emitCall(label)
    try finishCall(type, instruction)
  }

  /// The number of the element lies where the first slot for further results is to be, if there are any.
  mutating func compileIndirectCall(
    _ typeIndex: TypeIndex, _ instruction: WebAssembly.Instruction
  ) throws(ProgramCompilerError) {
    let type = try module.functionType(typeIndex, offset: instruction.offset)
    let further = type.argumentSlots - type.parameters.count
    makeSources(type.parameters.count + 1)
    _ = try pop(instruction)
    if further > 0 {
      for _ in 1..<further { code.emit(.const, 0) }
      _ = code.assembler.emitReference(.localGet, UInt32(bitPattern: Int32(1 - further)))
    }
    code.emit(.tableGet, layout.number(of: type) | UInt32(layout.elements.count) << 16)
    let back = code.newLabel()
    code.emit(.const, back)
    code.emit(.jumpThere)
    code.place(back)
    try finishCall(type, instruction)
  }

  /// Replaces the arguments by the results.
  private mutating func finishCall(
    _ type: FunctionType, _ instruction: WebAssembly.Instruction
  ) throws(ProgramCompilerError) {
    try pop(type.parameters.count, instruction)
    code.emitPops(type.argumentSlots - type.results.count)
    for result in type.results { push(result.width) }
  }
}
