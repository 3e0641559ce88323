import InstructionSet
import WebAssembly

/// Where a module's functions, globals and table are in a program of the full profile.
///
/// Slot 1 is the size of memory, the globals follow it. Instruction 0 is `halt`; the table's elements follow it.
struct FullModuleLayout {
  static let memorySizeSlot: UInt32 = 1
  /// The most elements of a table.
  static let greatestElementCount: UInt32 = 1 << 15 - 1

  /// The beginnings of the functions. An imported one begins where it is called as any function may be: by its number.
  private(set) var functions: [FunctionIndex: FullLabel] = [:]
  /// The imported functions.
  private(set) var hostFunctions: [FunctionIndex: FullHostFunction] = [:]
  /// The table's elements, nil where it is not initialized.
  private(set) var elements: [FunctionIndex?] = []
  /// The imported globals and the module's own, with where they stand in the module.
  private(set) var globals: [(type: ValueType, value: UInt64, offset: Int)] = []
  /// The size that memory may grow to.
  private(set) var greatestPageCount: UInt32 = 0
  private(set) var pageCount: UInt32 = 0
  private var typeNumbers: [FunctionType: UInt32] = [:]

  init(of module: Module, code: inout FullCode) throws(ProgramCompilerError) {
    try addImports(of: module)
    let functionCount = module.importedFunctionTypes.count + module.functions.count
    for index in 0..<FunctionIndex(functionCount) { functions[index] = code.newLabel() }
    for type in module.types where typeNumbers[type] == nil { typeNumbers[type] = UInt32(typeNumbers.count + 1) }
    for global in module.globals {
      let value = try value(of: global.initialValue, offset: global.offset)
      globals.append((global.type.value, value, global.offset))
    }
    if let memory = module.memories.first {
      pageCount = memory.limits.minimum
      greatestPageCount = min(memory.limits.maximum ?? .max, FullProgramCompiler.greatestPageCount)
    }
    guard pageCount <= FullProgramCompiler.greatestPageCount else {
      throw ProgramCompilerError(
        .unsupported("a memory of \(pageCount) pages", by: .full), offset: module.memories.first?.offset)
    }
    try addElements(of: module)
  }

  /// How many slots the module has below all frames.
  var slotCount: Int { Int(Self.memorySizeSlot) + globals.count }

  /// The number of a type, the same for equal types.
  func number(of type: FunctionType) -> UInt32 { typeNumbers[type] ?? UInt32(typeNumbers.count + 1) }

  /// The type of a global, and its slot.
  ///
  /// - Parameter offset: where the index stands, for the error.
  func global(_ index: GlobalIndex, offset: Int) throws(ProgramCompilerError) -> (type: ValueType, slot: UInt32) {
    guard index < globals.count else {
      throw ProgramCompilerError(
        .invalid(expected: "a global below \(globals.count), not \(index)"), offset: offset)
    }
    return (globals[Int(index)].type, Self.memorySizeSlot + 1 + index)
  }

  /// The bits of a constant expression.
  func value(of expression: [WebAssembly.Instruction], offset: Int) throws(ProgramCompilerError) -> UInt64 {
    switch expression.first?.operation {
    case .i32Const(let value): return UInt64(UInt32(bitPattern: value))
    case .i64Const(let value): return UInt64(bitPattern: value)
    case .f32Const(let bits): return UInt64(bits)
    case .f64Const(let bits): return bits
    case .globalGet(let index) where index < globals.count: return globals[Int(index)].value
    default: throw ProgramCompilerError(.unsupported("a constant expression of this form", by: .full), offset: offset)
    }
  }

  private mutating func addImports(of module: Module) throws(ProgramCompilerError) {
    var count: FunctionIndex = 0
    for item in module.imports {
      switch item.kind {
      case .function(let index):
        hostFunctions[count] = try FullHostFunction(item, try module.functionType(index, offset: item.offset))
        count += 1
      case .global, .memory, .table: add(try HostDefinition(item, of: module), offset: item.offset)
      }
    }
  }

  private mutating func add(_ definition: HostDefinition, offset: Int) {
    switch definition.type {
    case .function: break
    case .global(let type): globals.append((type.value, definition.value, offset))
    case .memory(let limits): (pageCount, greatestPageCount) = (limits.minimum, limits.maximum ?? limits.minimum)
    case .table(let limits): elements = Array(repeating: nil, count: Int(limits.minimum))
    }
  }

  private mutating func addElements(of module: Module) throws(ProgramCompilerError) {
    if let table = module.tables.first {
      guard table.limits.minimum <= Self.greatestElementCount else {
        let name = "a table of \(table.limits.minimum) elements (at most \(Self.greatestElementCount))"
        throw ProgramCompilerError(.unsupported(name, by: .full), offset: table.offset)
      }
      elements = Array(repeating: nil, count: Int(table.limits.minimum))
    }
    for segment in module.elements {
      guard case .active(_, let expression) = segment.mode else { continue }
      let start = Int(UInt32(truncatingIfNeeded: try value(of: expression, offset: segment.offset)))
      guard start + segment.references.count <= elements.count else {
        throw ProgramCompilerError(.invalid(expected: "an element segment within the table"), offset: segment.offset)
      }
      for (index, reference) in segment.references.enumerated() { elements[start + index] = reference }
    }
  }
}
