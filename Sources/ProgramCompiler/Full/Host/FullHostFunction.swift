import WebAssembly

/// What an imported function is compiled to.
enum FullHostFunction {
  /// The machine's own instruction that prints a byte.
  case output
  case service(HostService)
  /// A function of the library that is the system interface.
  case routine(FullRoutine)
  /// A function of the system interface that there is not: its result is an error.
  case unavailable

  /// The error of WASI for a function that the system does not have.
  static let notSupported: UInt32 = 52

  private static let outputType = FunctionType(parameters: [.i32], results: [])
  private static let systemInterface: Name = "wasi_snapshot_preview1"

  /// The function that a module imports.
  ///
  /// - Parameter isLibrary: whether the module is one that ships. Others cannot ask for services that write memory: those trust the
  ///   pointers that they are given.
  /// - Throws: ``ProgramCompilerError`` when nothing of these names is provided, or it is of another type.
  init(_ item: Import, _ type: FunctionType, isLibrary: Bool = false) throws(ProgramCompilerError) {
    let found: (function: FullHostFunction, type: FunctionType)
    if (item.module, item.name) == (Module.outputName.module, Module.outputName.name) {
      found = (.output, Self.outputType)
    } else if let service = HostService.allCases.first(where: { $0.importName == (item.module, item.name) }),
      isLibrary || service.isForAll
    {
      found = (.service(service), service.type)
    } else if item.module == Self.systemInterface, !isLibrary {
      let library = try FullLibrary.systemInterface.get()
      if let routine = try? library.routine(item.name) {
        found = (.routine(routine), try routine.type)
      } else {
        found = (.unavailable, FunctionType(parameters: type.parameters, results: [.i32]))
      }
    } else {
      throw ProgramCompilerError(.unknownImport(item), offset: item.offset)
    }
    guard found.type == type else {
      throw ProgramCompilerError(.incompatibleImport(item, expected: found.type), offset: item.offset)
    }
    self = found.function
  }
}

extension FullLibrary {
  /// WASI preview 1, each function under its own name, and instructions on many bytes of memory: `Sources/CSystemInterface`,
  /// compiled by `Scripts/build-system-interface`.
  package static let systemInterface = Result { () throws(ProgramCompilerError) in
    try FullLibrary(name: "system_interface", decoding: systemInterfaceBytes)
  }

  /// The module that ships.
  package static let systemInterfaceBytes = PackageResources.system_interface_wasm
}
