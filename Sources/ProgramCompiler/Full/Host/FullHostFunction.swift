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
    if let known = try Self.provided(as: item, isLibrary: isLibrary) {
      found = known
    } else if item.module == Self.systemInterface, !isLibrary {
      found = (.unavailable, FunctionType(parameters: type.parameters, results: [.i32]))
    } else if let definition = HostDefinition.named(as: item) {
      throw ProgramCompilerError(.incompatibleImport(item, expected: definition.type), offset: item.offset)
    } else {
      throw ProgramCompilerError(.unknownImport(item), offset: item.offset)
    }
    guard ExternalType.function(found.type).matches(.function(type)) else {
      throw ProgramCompilerError(.incompatibleImport(item, expected: .function(found.type)), offset: item.offset)
    }
    self = found.function
  }

  /// The type of the function that is provided under an import's names; nil for none.
  static func type(ofFunctionNamedAs item: Import) throws(ProgramCompilerError) -> FunctionType? {
    try provided(as: item, isLibrary: false)?.type
  }

  private static func provided(
    as item: Import, isLibrary: Bool
  ) throws(ProgramCompilerError) -> (function: FullHostFunction, type: FunctionType)? {
    if (item.module, item.name) == (Module.outputName.module, Module.outputName.name) {
      return (.output, outputType)
    }
    if let service = HostService.allCases.first(where: { $0.importName == (item.module, item.name) }),
      isLibrary || service.isForAll
    {
      return (.service(service), service.type)
    }
    guard item.module == systemInterface, !isLibrary else { return nil }
    let library = try FullLibrary.systemInterface.get()
    guard let routine = try? library.routine(item.name) else { return nil }
    return (.routine(routine), try routine.type)
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
