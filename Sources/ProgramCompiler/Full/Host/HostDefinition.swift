package import WebAssembly

/// What the host provides beside functions: it is part of the program from the beginning, and the host never sees it again.
///
/// The official test suite's scripts expect these of the module `spectest`.
package struct HostDefinition: Hashable, Sendable {
  /// The name within the module.
  package let name: Name
  package let type: ExternalType
  /// A global's value as bits; 0 of what is no global.
  package let value: UInt64

  /// The name of the module to import from.
  package static let moduleName: Name = "spectest"

  package static let all = [
    HostDefinition("global_i32", .i32, value: 666),
    HostDefinition("global_i64", .i64, value: 666),
    HostDefinition("global_f32", .f32, value: UInt64(Float(666).bitPattern)),
    HostDefinition("global_f64", .f64, value: Double(666).bitPattern),
    HostDefinition("table", .table(Limits(minimum: 10, maximum: 20))),
    HostDefinition("memory", .memory(Limits(minimum: 1, maximum: 2))),
  ]

  private init(_ name: Name, _ type: ExternalType, value: UInt64 = 0) {
    self.name = name
    self.type = type
    self.value = value
  }

  private init(_ name: Name, _ type: ValueType, value: UInt64) {
    self.init(name, .global(GlobalType(value: type, isMutable: false)), value: value)
  }

  /// What is provided under an import's names, whatever its type; nil for nothing.
  static func named(as item: Import) -> HostDefinition? {
    item.module == moduleName ? all.first { $0.name == item.name } : nil
  }

  /// What an import that is no function stands for.
  ///
  /// - Throws: ``ProgramCompilerError`` when nothing of its names is provided, or it is of another type.
  init(_ item: Import, of module: Module) throws(ProgramCompilerError) {
    let provided: ExternalType
    if let found = Self.named(as: item) {
      if let wanted = module.type(of: item), found.type.matches(wanted) {
        self = found
        return
      }
      provided = found.type
    } else if let type = try FullHostFunction.type(ofFunctionNamedAs: item) {
      provided = .function(type)
    } else {
      throw ProgramCompilerError(.unknownImport(item), offset: item.offset)
    }
    throw ProgramCompilerError(.incompatibleImport(item, expected: provided), offset: item.offset)
  }
}
