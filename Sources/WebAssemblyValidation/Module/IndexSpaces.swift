package import WebAssembly

/// What the indices of a module point at: definitions by index, imported ones first.
///
/// The specification calls it the context of validation. A lookup throws when its index points nowhere.
package struct IndexSpaces: Sendable {
  /// The function types.
  package let types: [FunctionType]
  /// The types of the functions.
  package let functions: [TypeIndex]
  /// The types of the globals.
  package let globals: [GlobalType]
  /// How many of the functions are imported.
  package let importedFunctionCount: Int
  /// How many of the globals are imported; the others may not be used in constant expressions.
  package let importedGlobalCount: Int
  /// How many tables there are.
  package let tableCount: Int
  /// How many memories there are.
  package let memoryCount: Int
  /// How many element segments there are.
  package let elementCount: Int
  /// How many data segments there are.
  package let dataCount: Int

  /// The index spaces of `module`, whose functions' types have been looked up.
  /// - Throws: The first imported or own function whose type is unknown.
  package init(_ module: Module) throws(ValidationError) {
    var functions: [TypeIndex] = []
    var globals: [GlobalType] = []
    var tableCount = module.tables.count
    var memoryCount = module.memories.count
    for entry in module.imports {
      switch entry.kind {
      case .function(let type): functions.append(type)
      case .table: tableCount += 1
      case .memory: memoryCount += 1
      case .global(let type): globals.append(type)
      }
    }
    types = module.types
    importedFunctionCount = functions.count
    importedGlobalCount = globals.count
    self.functions = functions + module.functions.map(\.type)
    self.globals = globals + module.globals.map(\.type)
    self.tableCount = tableCount
    self.memoryCount = memoryCount
    elementCount = module.elements.count
    dataCount = module.data.count
    try checkFunctionTypes(of: module)
  }

  private func checkFunctionTypes(of module: Module) throws(ValidationError) {
    for entry in module.imports {
      if case .function(let type) = entry.kind { _ = try self.type(type, at: .init(offset: entry.offset)) }
    }
    for function in module.functions { _ = try type(function.type, at: .init(offset: function.offset)) }
  }
}

extension IndexSpaces {
  /// The function type `index`, named at `place`.
  package func type(
    _ index: TypeIndex, at place: ValidationError.Place
  ) throws(ValidationError) -> FunctionType {
    guard index < types.count else { throw missing(.unknownType, index, types.count, "types", place) }
    let type = types[Int(index)]
    let arity = max(type.parameters.count, type.results.count)
    guard arity <= FunctionType.maximumArity else {
      let expected = "at most \(FunctionType.maximumArity) instead of \(arity) in type \(index)"
      throw ValidationError(.arityLimit, at: place, expected: expected)
    }
    return type
  }

  /// The type of the function `index`, named at `place`.
  package func function(
    _ index: FunctionIndex, at place: ValidationError.Place
  ) throws(ValidationError) -> FunctionType {
    guard index < functions.count else { throw missing(.unknownFunction, index, functions.count, "functions", place) }
    return try type(functions[Int(index)], at: place)
  }

  /// The type of the global `index`, named at `place`.
  package func global(
    _ index: GlobalIndex, at place: ValidationError.Place
  ) throws(ValidationError) -> GlobalType {
    guard index < globals.count else { throw missing(.unknownGlobal, index, globals.count, "globals", place) }
    return globals[Int(index)]
  }

  /// The type of the global `index`, named in a constant expression at `place`, where only imported globals may be.
  func importedGlobal(_ index: GlobalIndex, at place: ValidationError.Place) throws(ValidationError) -> GlobalType {
    guard index < importedGlobalCount else {
      throw missing(.unknownGlobal, index, importedGlobalCount, "imported globals", place)
    }
    return globals[Int(index)]
  }

  /// Checks that there is a table `index`, named or implied at `place`.
  func requireTable(_ index: TableIndex = 0, at place: ValidationError.Place) throws(ValidationError) {
    guard index < tableCount else { throw missing(.unknownTable, index, tableCount, "tables", place) }
  }

  /// Checks that there is a memory `index`, named or implied at `place`.
  func requireMemory(_ index: MemoryIndex = 0, at place: ValidationError.Place) throws(ValidationError) {
    guard index < memoryCount else { throw missing(.unknownMemory, index, memoryCount, "memories", place) }
  }

  /// Checks that there is an element segment `index`, named at `place`.
  func requireElement(_ index: ElementIndex, at place: ValidationError.Place) throws(ValidationError) {
    guard index < elementCount else {
      throw missing(.unknownElementSegment, index, elementCount, "element segments", place)
    }
  }

  /// Checks that there is a data segment `index`, named at `place`.
  func requireData(_ index: DataIndex, at place: ValidationError.Place) throws(ValidationError) {
    guard index < dataCount else { throw missing(.unknownDataSegment, index, dataCount, "data segments", place) }
  }

  private func missing(
    _ kind: ValidationError.Kind, _ index: UInt32, _ count: Int, _ things: String, _ place: ValidationError.Place
  ) -> ValidationError {
    ValidationError(kind, index: index, at: place, expected: "the index of one of \(count) \(things)")
  }
}
