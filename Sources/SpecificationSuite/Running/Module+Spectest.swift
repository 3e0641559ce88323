import ProgramCompiler
import WebAssembly

extension Module {
  /// What the test suite's scripts import from `spectest`, as a module to link with: the functions print nothing.
  static let spectest: Module = {
    var module = Module()
    for service in HostService.allCases where service.isForAll {
      module.export(service.importName.name, .function(FunctionIndex(module.functions.count)))
      module.functions.append(
        Function(
          type: TypeIndex(module.types.count), locals: [], body: [Instruction(.end, offset: 0)], offset: 0))
      module.types.append(service.type)
    }
    for definition in HostDefinition.all { module.add(definition) }
    return module
  }()

  private mutating func add(_ definition: HostDefinition) {
    switch definition.type {
    case .function: break
    case .global(let type):
      export(definition.name, .global(GlobalIndex(globals.count)))
      let value = Operation(constant: definition.value, of: type.value)
      globals.append(Global(type: type, initialValue: [value, .end].map { Instruction($0, offset: 0) }, offset: 0))
    case .table(let limits):
      export(definition.name, .table(TableIndex(tables.count)))
      tables.append(TableType(limits: limits, offset: 0))
    case .memory(let limits):
      export(definition.name, .memory(MemoryIndex(memories.count)))
      memories.append(MemoryType(limits: limits, offset: 0))
    }
  }

  private mutating func export(_ name: Name, _ kind: Export.Kind) {
    exports.append(Export(name: name, kind: kind, offset: 0))
  }
}
