import ProgramCompiler
import WebAssembly

extension ModuleInstance {
  /// Instantiates the module and calls its `_start`, else its `main`, with no arguments or with 0 and a null pointer.
  ///
  /// - Returns: how that ended; what `main` returns is the code it exits with.
  /// - Throws: ``ExecutionError`` when the module exports neither.
  public mutating func run(
    limit: Int = .max, _ observe: (ExecutionEvent) -> Void = { _ in }
  ) throws(ExecutionError) -> ExecutionOutcome {
    let none = FunctionType(parameters: [], results: [])
    let candidates: [(name: Name, type: FunctionType)] = [
      ("_start", none), ("main", FunctionType(parameters: [], results: [.i32])), ("main", none),
      ("main", FunctionType(parameters: [.i32, .i32], results: [.i32])),
    ]
    guard let entry = candidates.first(where: { module.functions[$0.name]?.type == $0.type }) else {
      throw error(.nothingToRun)
    }
    let outcome = try instantiate(limit: limit, observe)
    guard case .returned = outcome else { return outcome }
    let arguments = entry.type.parameters.map { WebAssemblyValue($0, bits: 0) }
    let result = try call(entry.name, arguments, limit: limit - min(limit, tokenCount), observe)
    if case .returned(let values) = result, let code = values.first {
      return .exited(code: UInt32(truncatingIfNeeded: code.bits))
    }
    return result
  }
}
