import WebAssembly

/// Where types, functions and globals of several instances are in one module.
struct Numbering {
  private(set) var firstTypes: [Int: TypeIndex] = [:]
  private(set) var firstFunctions: [Int: FunctionIndex] = [:]
  private(set) var firstGlobals: [Int: GlobalIndex] = [:]
  private(set) var types: [FunctionType] = []
  private(set) var functionCount = 0
  private(set) var globals: [Global] = []

  init(of component: Component, in store: ModuleStore) {
    for number in (component.members + component.copied).sorted() {
      let instance = store.instances[number]
      firstTypes[number] = TypeIndex(types.count)
      firstFunctions[number] = FunctionIndex(functionCount)
      firstGlobals[number] = GlobalIndex(globals.count)
      types += instance.module.types
      functionCount += instance.module.functions.count
      for (global, value) in zip(instance.module.globals, instance.globalValues) {
        let first = Operation(constant: value, of: global.type.value)
        let expression = [first, .end].map { Instruction($0, offset: global.offset) }
        globals.append(Global(type: global.type, initialValue: expression, offset: global.offset))
      }
    }
  }

  func function(_ definition: Definition) -> FunctionIndex {
    (firstFunctions[definition.instance] ?? 0) + FunctionIndex(definition.index)
  }

  /// What an instance's instructions find in place of a global: immutable ones are constants.
  func use(ofGlobal definition: Definition, in store: ModuleStore) -> InstructionRewriter.GlobalUse {
    let global = store.global(definition)
    guard global.type.isMutable, let first = firstGlobals[definition.instance] else {
      return .constant(Operation(constant: global.value, of: global.type.value))
    }
    return .variable(first + GlobalIndex(definition.index))
  }

  func callee(_ definition: Definition, in store: ModuleStore) -> InstructionRewriter.Callee {
    let type = store.type(ofFunction: definition)
    let body = store.instance(of: definition).module.functions[definition.index].body
    if body.count == 1, type.results.isEmpty { return .nothing(parameters: type.parameters.count) }
    return .function(function(definition))
  }
}
