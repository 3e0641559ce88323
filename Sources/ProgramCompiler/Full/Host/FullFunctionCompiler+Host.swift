import InstructionSet
import WebAssembly

/// Calls of imported functions.
extension FullFunctionCompiler {
  mutating func compileHostCall(
    _ function: FullHostFunction, _ type: FunctionType, _ instruction: WebAssembly.Instruction
  ) throws(ProgramCompilerError) {
    switch function {
    case .output:
      _ = try pop(instruction)
      code.emit(.output)
    case .service(let service): try emitServiceCall(service, instruction)
    case .routine(let routine): try emitCall(routine, instruction)
    case .unavailable:
      try pop(type.parameters.count, instruction)
      code.emitPops(type.parameters.count)
      pushConstant(FullHostFunction.notSupported)
    }
  }

  /// Writes the arguments again, so that the host finds them at the end of the trace, and lets it push the results.
  private mutating func emitServiceCall(
    _ service: HostService, _ instruction: WebAssembly.Instruction
  ) throws(ProgramCompilerError) {
    let type = service.type
    makeSources(type.parameters.count)
    try pop(type.parameters.count, instruction)
    code.emitCopies(type.parameters.map(\.width))
    code.emitPops(type.parameters.count)
    code.emit(.host, UInt32(service.rawValue))
    // What the host writes must not stand before a store, to which it would belong: here is an instruction that does nothing.
    if !type.results.isEmpty { code.emit(.enter) }
    for result in type.results { push(result.width) }
  }
}
