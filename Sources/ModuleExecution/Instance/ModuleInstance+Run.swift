extension ModuleInstance {
  /// Executes a module as a command: the program is to begin with a call.
  ///
  /// ```swift
  /// let call = try FullEntry(of: module).call()
  /// let compiled = try FullProgramCompiler().compile(module, exporting: [], running: call)
  /// var instance = ModuleInstance(compiled, on: FullReferenceInterpreter(compiled.program), host: host)
  /// let outcome = try instance.run { if case .output(let bytes) = $0 { print(bytes) } }
  /// ```
  ///
  /// - Returns: how that ended; an i32 that the call returns, as `main` does, is the code that it exits with.
  public mutating func run(
    limit: Int = .max, _ observe: (ExecutionEvent) -> Void = { _ in }
  ) throws(ExecutionError) -> ExecutionOutcome {
    let outcome = try instantiate(limit: limit, observe)
    guard case .returned(let values) = outcome, case .i32(let code)? = values.first else { return outcome }
    return .exited(code: UInt32(bitPattern: code))
  }
}
