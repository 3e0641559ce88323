import WebAssembly

/// The index spaces of an instance while its imports are being found.
struct ImportResolution {
  /// The most pages that a memory without a maximum can grow to: all that an address of 32 bits reaches.
  private static let greatestPageCount: UInt32 = 65_536

  private let store: ModuleStore
  private let number: Int
  private var functions: [Definition] = []
  private var tables: [Definition] = []
  private var memories: [Definition] = []
  private var globals: [Definition] = []
  private var requirements: [MemoryRequirement] = []

  init(store: ModuleStore, instance: Int) {
    self.store = store
    number = instance
  }

  /// Finds what an import of the module stands for and compares the types.
  mutating func add(_ entry: Import, of module: Module, from provider: Int?) throws(LinkingError) {
    guard let provider, let value = store.instances[provider].exports[entry.name] else {
      throw LinkingError(
        .unknownImport, offset: entry.offset, expected: "something exported as '\(entry.module)' '\(entry.name)'")
    }
    guard let wanted = module.type(of: entry), greatestType(of: value).matches(wanted) else { throw mismatch(entry) }
    switch value {
    case .function(let definition): functions.append(definition)
    case .global(let definition): globals.append(definition)
    case .table(let definition): tables.append(definition)
    case .memory(let definition):
      if case .memory(let limits) = wanted {
        try require(UInt64(limits.minimum), of: definition, failure: mismatch(entry))
      }
      memories.append(definition)
    }
  }

  /// The type of what was exported; of a memory, which may have grown by then, the type when it has grown as far as it can.
  private func greatestType(of value: ExternalValue) -> ExternalType {
    switch value {
    case .function(let definition): return .function(store.type(ofFunction: definition))
    case .global(let definition): return .global(store.global(definition).type)
    case .table(let definition): return .table(store.limits(ofTable: definition))
    case .memory(let definition):
      let maximum = store.limits(ofMemory: definition).maximum
      return .memory(Limits(minimum: maximum ?? Self.greatestPageCount, maximum: maximum))
    }
  }

  private func mismatch(_ entry: Import) -> LinkingError {
    LinkingError(
      .incompatibleImport, offset: entry.offset,
      expected: "what '\(entry.module)' exports as '\(entry.name)' to have the type of the import")
  }

  /// Notes that a memory must have so many pages: nothing to note if it always has, an error if it never can.
  private mutating func require(
    _ pages: UInt64, of memory: Definition, failure: LinkingError
  ) throws(LinkingError) {
    // What the instance itself defines has not grown yet.
    guard memory.instance != number else { return }
    let limits = store.limits(ofMemory: memory)
    if pages <= UInt64(limits.minimum) { return }
    guard let pages = UInt32(exactly: pages), pages <= limits.maximum ?? Self.greatestPageCount else { throw failure }
    requirements.append(MemoryRequirement(memory: memory, pages: pages, failure: failure))
  }

  /// The instance, once all imports have been added: the module's own definitions follow, and the segments are placed.
  mutating func instance(of module: Module) throws(LinkingError) -> StoreInstance {
    functions += own(module.functions)
    tables += own(module.tables)
    memories += own(module.memories)
    let globalValues = module.globals.map { value(of: $0.initialValue) }
    globals += own(module.globals)
    let elements = module.elements.compactMap { segment -> PlacedSegment<FunctionIndex?>? in
      guard case .active(_, let start) = segment.mode else { return nil }
      return PlacedSegment(start: index(start), contents: segment.references, offset: segment.offset)
    }
    let data = module.data.compactMap { segment -> PlacedSegment<UInt8>? in
      guard case .active(_, let start) = segment.mode else { return nil }
      return PlacedSegment(start: index(start), contents: segment.bytes, offset: segment.offset)
    }
    try check(elements, in: module)
    try check(data, in: module)
    return StoreInstance(
      module: module, number: number, functions: functions, tables: tables, memories: memories, globals: globals,
      exports: exports(of: module), globalValues: globalValues, elements: elements, data: data,
      requirements: requirements)
  }

  private func own(_ definitions: [some Any]) -> [Definition] {
    definitions.indices.map { Definition(instance: number, index: $0) }
  }

  private func exports(of module: Module) -> [Name: ExternalValue] {
    var exports: [Name: ExternalValue] = [:]
    for export in module.exports {
      switch export.kind {
      case .function(let index): exports[export.name] = .function(functions[Int(index)])
      case .table(let index): exports[export.name] = .table(tables[Int(index)])
      case .memory(let index): exports[export.name] = .memory(memories[Int(index)])
      case .global(let index): exports[export.name] = .global(globals[Int(index)])
      }
    }
    return exports
  }

  /// The bits of a constant expression; of globals only imported ones may occur in it.
  private func value(of expression: [Instruction]) -> UInt64 {
    switch expression.first?.operation {
    case .i32Const(let value): UInt64(UInt32(bitPattern: value))
    case .i64Const(let value): UInt64(bitPattern: value)
    case .f32Const(let bits): UInt64(bits)
    case .f64Const(let bits): bits
    case .globalGet(let index): store.global(globals[Int(index)]).value
    default: 0
    }
  }

  private func index(_ expression: [Instruction]) -> UInt32 { UInt32(truncatingIfNeeded: value(of: expression)) }

  private func check(_ segments: [PlacedSegment<FunctionIndex?>], in module: Module) throws(LinkingError) {
    for segment in segments {
      guard let table = tables.first else { continue }
      let size =
        table.instance == number ? module.tables[table.index].limits.minimum : store.limits(ofTable: table).minimum
      guard segment.end <= UInt64(size) else {
        throw LinkingError(
          .elementsOutOfBounds, offset: segment.offset, expected: "elements up to \(size), not up to \(segment.end)")
      }
    }
  }

  private mutating func check(_ segments: [PlacedSegment<UInt8>], in module: Module) throws(LinkingError) {
    for segment in segments {
      guard let memory = memories.first else { continue }
      let pages = (segment.end + 0xffff) >> 16
      let failure = LinkingError(
        .dataOutOfBounds, offset: segment.offset, expected: "a memory of at least \(pages) pages")
      if memory.instance == number, pages > UInt64(module.memories[memory.index].limits.minimum) { throw failure }
      try require(pages, of: memory, failure: failure)
    }
  }
}
