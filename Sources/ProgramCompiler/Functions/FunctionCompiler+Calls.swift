import InstructionSet
import WebAssembly

/// Calls.
extension FunctionCompiler {
  mutating func compileCall(
    _ callee: FunctionIndex, _ instruction: WebAssembly.Instruction
  ) throws(ProgramCompilerError) {
    let type = try module.type(of: callee, offset: instruction.offset)
    for value in type.parameters + type.results { try module.requireInteger(value, offset: instruction.offset) }
    try require(type.parameters.count, instruction)
    // All imports are the output function.
    let isImported = callee < module.importedFunctionTypes.count
    emitter.emit(
      isImported ? .plain(.output) : .call(.function(callee)), popping: type.parameters.count,
      pushing: type.results.count)
  }

  /// A call through the table, whose contents never change: a search for the operand among the table's functions of this
  /// type. Everything else halts.
  mutating func compileIndirectCall(
    _ typeIndex: TypeIndex, _ instruction: WebAssembly.Instruction
  ) throws(ProgramCompilerError) {
    let type = try module.integerType(typeIndex, offset: instruction.offset)
    try require(type.parameters.count + 1, instruction)
    guard !module.tables.isEmpty else { throw error(.invalid(expected: "a table"), instruction) }
    let ranges = try table.get().ranges(of: type)
    let operand = emitter.popToLocal(scratch: 0)
    let operands = emitter.operands
    let done = emitter.newLabel()
    try emitSwitch(on: operand, ranges) { compiler, callee throws(ProgramCompilerError) in
      if let callee {
        try compiler.compileCall(callee, instruction)
        compiler.emitter.emitControl(.branch(done))
      } else {
        compiler.emitter.emitControl(.halt)
      }
      compiler.emitter.setOperands(operands)
      try compiler.checkCount(instruction)
    }
    emitter.emitControl(.label(done))
    let depth = operands.count - type.parameters.count
    emitter.setDepth(depth + type.results.count, intact: depth)
  }
}
