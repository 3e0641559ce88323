package import ProgramCompiler
package import WebAssembly

extension FullCompiledModule {
  /// Where a call begins, if there is such a function and it takes such arguments.
  ///
  /// - Parameter tokenCount: how many tokens had been written when the call was asked for; 0 before there is an instance.
  /// - Throws: ``ExecutionError`` of kind `noSuchFunction` or `wrongArguments`.
  package func entry(
    ofFunction name: Name, taking arguments: [WebAssemblyValue], tokenCount: Int = 0
  ) throws(ExecutionError) -> Entry {
    guard let entry = functions[name] else { throw ExecutionError(.noSuchFunction(name), tokenCount: tokenCount) }
    let found = arguments.map(\.type)
    guard found == entry.type.parameters else {
      throw ExecutionError(
        .wrongArguments(name, expected: entry.type.parameters, found: found), tokenCount: tokenCount)
    }
    return entry
  }
}
