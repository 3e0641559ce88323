public import WebAssembly

/// The exported function that runs a module.
public struct FullEntry: Hashable, Sendable {
  public let function: FunctionIndex
  public let type: FunctionType
  /// Whether its argument is the address of the input, a text that ends with a zero byte.
  public let takesInput: Bool
  /// Whether the result is the code that the program exits with.
  public let givesExitCode: Bool

  /// The entry of a module: `_start`, else `main`, else `compute`, which may take the input's address.
  ///
  /// - Throws: ``ProgramCompilerError`` when there is none.
  public init(of module: Module) throws(ProgramCompilerError) {
    for (name, parameters) in Self.forms {
      for export in module.exports where export.name == name {
        guard case .function(let index) = export.kind else { continue }
        let type = try module.type(of: index, offset: export.offset)
        guard parameters.contains(type.parameters) else { continue }
        function = index
        self.type = type
        takesInput = name == Module.entryName && !type.parameters.isEmpty
        givesExitCode = name != Module.entryName && type.results == [.i32]
        return
      }
    }
    throw ProgramCompilerError(.nothingToRun)
  }

  /// The names of entries, in the order in which they are looked for, and the parameters that each may have.
  private static let forms: [(name: Name, parameters: [[ValueType]])] = [
    (Name("_start"), [[]]), (Name("main"), [[], [.i32, .i32]]), (Module.entryName, [[], [.i32]]),
  ]

  /// The call, with an input somewhere in memory and no arguments of a command line.
  public func call(inputAddress: UInt32 = 0) -> FullCall {
    FullCall(
      function: function,
      arguments: takesInput ? [inputAddress] : Array(repeating: 0, count: type.parameters.count),
      givesExitCode: givesExitCode)
  }
}

/// A call that a program begins with.
public struct FullCall: Hashable, Sendable {
  public let function: FunctionIndex
  /// As many as the function has parameters, all of them i32.
  public let arguments: [UInt32]
  /// Whether the program is to exit with the result.
  public let givesExitCode: Bool
}
