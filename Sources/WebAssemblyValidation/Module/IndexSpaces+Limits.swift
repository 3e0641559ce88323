import WebAssembly

// Tables and memories: their size limits, and that there is at most one of each.
extension IndexSpaces {
  /// The greatest size of a memory, in pages: 4 GiB.
  private static let maximumPages: UInt32 = 65_536

  /// Checks the tables, imported and own.
  func checkTables(of module: Module) throws(ValidationError) {
    var tables: [TableType] = []
    for case .table(let type) in module.imports.map(\.kind) { tables.append(type) }
    tables += module.tables
    for table in tables { try checkOrder(of: table.limits, at: .init(offset: table.offset)) }
    if tables.count > 1 {
      throw ValidationError(
        .multipleTables, at: .init(offset: tables[1].offset), expected: "one table instead of \(tables.count)")
    }
  }

  /// Checks the memories, imported and own.
  func checkMemories(of module: Module) throws(ValidationError) {
    var memories: [MemoryType] = []
    for case .memory(let type) in module.imports.map(\.kind) { memories.append(type) }
    memories += module.memories
    for memory in memories { try checkPages(of: memory) }
    if memories.count > 1 {
      throw ValidationError(
        .multipleMemories, at: .init(offset: memories[1].offset), expected: "one memory instead of \(memories.count)")
    }
  }

  private func checkPages(of memory: MemoryType) throws(ValidationError) {
    for pages in [memory.limits.minimum, memory.limits.maximum ?? 0] where pages > Self.maximumPages {
      throw ValidationError(
        .memorySize, at: .init(offset: memory.offset),
        expected: "at most \(Self.maximumPages) pages instead of \(pages)")
    }
    try checkOrder(of: memory.limits, at: .init(offset: memory.offset))
  }

  private func checkOrder(of limits: Limits, at place: ValidationError.Place) throws(ValidationError) {
    guard let maximum = limits.maximum, limits.minimum > maximum else { return }
    throw ValidationError(
      .minimumAboveMaximum, at: place, expected: "a minimum of at most \(maximum) instead of \(limits.minimum)")
  }
}
