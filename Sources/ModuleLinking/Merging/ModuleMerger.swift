import WebAssembly

/// Puts the instances of a component together into one module.
struct ModuleMerger {
  private let component: Component
  private let store: ModuleStore
  private let numbering: Numbering
  private let tables: TablePlan
  private let memories: MemoryPlan
  private var merged: MergedDefinitions
  private var rewriters: [Int: InstructionRewriter] = [:]
  private var exports: [Export] = []

  /// - Throws: ``LinkingError`` when the memories do not fit beside each other, or a table is too large.
  init(_ component: Component, in store: ModuleStore) throws(LinkingError) {
    self.component = component
    self.store = store
    let numbering = Numbering(of: component, in: store)
    merged = MergedDefinitions(
      types: numbering.types, ownFunctionCount: numbering.functionCount, globals: numbering.globals)
    tables = try TablePlan(of: component, in: store, numbering, &merged)
    memories = try MemoryPlan(of: component, in: store, &merged)
    self.numbering = numbering
    for number in component.members + component.copied { rewriters[number] = rewriter(for: store.instances[number]) }
  }

  private func rewriter(for instance: StoreInstance) -> InstructionRewriter {
    InstructionRewriter(
      firstType: numbering.firstTypes[instance.number] ?? 0,
      callees: instance.functions.map { numbering.callee($0, in: store) },
      globals: instance.globals.map { numbering.use(ofGlobal: $0, in: store) },
      memory: instance.memories.first.flatMap { memories.access[$0] },
      table: instance.tables.first.flatMap { tables.access[$0] })
  }

  private mutating func export(_ function: FunctionIndex, as name: Name) {
    exports.append(Export(name: name, kind: .function(function), offset: 0))
  }

  /// Adds a function for each instance that has something to do when it is instantiated, and returns their names.
  mutating func addInstantiations() -> [Int: Name] {
    var names: [Int: Name] = [:]
    for number in component.members {
      let instance = store.instances[number]
      let type = FunctionType(parameters: [], results: [])
      let data = Function(
        type: 0, locals: [], body: memories.writes(of: instance).map { Instruction($0, offset: 0) }, offset: 0)
      let rewritten = rewriters[number]?.rewrite(data, parameterCount: 0)
      var body = (rewritten?.body ?? []).map(\.operation)
      body += tables.writes(of: instance, numbering)
      if let start = instance.module.start, let callee = rewriters[number]?.callees[Int(start.function)],
        case .function(let index) = callee
      {
        body.append(.call(index))
      }
      guard !body.isEmpty else { continue }
      let function = merged.addFunction(type, locals: rewritten?.locals.map(\.type) ?? [], body + [.end])
      let name = Name("\(number) instantiate")
      names[number] = name
      export(function, as: name)
    }
    return names
  }

  /// Exports the functions of all instances, and one for each exported global that returns its value.
  mutating func addExports() -> [Int: [Name: LinkedModule.Export]] {
    var all: [Int: [Name: LinkedModule.Export]] = [:]
    for number in component.members {
      for (place, export) in store.instances[number].module.exports.enumerated() {
        let name = Name("\(number) \(place)")
        switch store.instances[number].exports[export.name] {
        case .function(let definition):
          self.export(numbering.function(definition), as: name)
          all[number, default: [:]][export.name] = .function(name: name, type: store.type(ofFunction: definition))
        case .global(let definition):
          self.export(addReader(of: definition), as: name)
          all[number, default: [:]][export.name] = .global(name: name, type: store.global(definition).type.value)
        case .table, .memory, nil: break
        }
      }
    }
    return all
  }

  private mutating func addReader(of global: Definition) -> FunctionIndex {
    let read: Operation =
      switch numbering.use(ofGlobal: global, in: store) {
      case .variable(let index): .globalGet(index)
      case .constant(let constant): constant
      }
    return merged.addFunction(
      FunctionType(parameters: [], results: [store.global(global).type.value]), [read, .end])
  }

  /// Exports a function for each memory that can grow, which returns its size.
  mutating func addMemorySizes() -> [Definition: Name] {
    var names: [Definition: Name] = [:]
    for number in component.members {
      let instance = store.instances[number]
      guard let memory = instance.memories.first, names[memory] == nil, instance.growsMemory,
        let rewriter = rewriters[number]
      else { continue }
      let size = Function(
        type: 0, locals: [], body: [Instruction(.memorySize, offset: 0), Instruction(.end, offset: 0)], offset: 0)
      let body = rewriter.rewrite(size, parameterCount: 0).body
      let name = Name("\(number) memory")
      export(merged.addFunction(FunctionType(parameters: [], results: [.i32]), body), as: name)
      names[memory] = name
    }
    return names
  }

  /// The whole module.
  func finish() -> Module {
    var module = Module()
    module.types = merged.types
    module.globals = merged.globals
    module.functions =
      (component.members + component.copied).sorted().flatMap { number -> [Function] in
        let instance = store.instances[number]
        return instance.module.functions.compactMap { function in
          let parameters = instance.module.types[Int(function.type)].parameters.count
          return rewriters[number]?.rewrite(function, parameterCount: parameters)
        }
      } + merged.helpers
    if !tables.elements.isEmpty || !tables.access.isEmpty {
      let count = UInt32(tables.elements.count)
      module.tables = [TableType(limits: Limits(minimum: count, maximum: count), offset: 0)]
      let offset = [Operation.i32Const(0), .end].map { Instruction($0, offset: 0) }
      module.elements = [
        ElementSegment(mode: .active(table: 0, offset: offset), references: tables.elements, offset: 0)
      ]
    }
    if let limits = memories.limits { module.memories = [MemoryType(limits: limits, offset: 0)] }
    module.data = memories.initialData(of: component, in: store)
    module.exports = exports
    return module
  }
}

extension StoreInstance {
  fileprivate var growsMemory: Bool {
    module.functions.contains { $0.body.contains { $0.operation == .memoryGrow } }
  }
}
