import Testing
import WebAssembly
import WebAssemblyValidation

@Suite("Rules on definitions")
struct ModuleRuleTests {
  /// Expects the sample module, after `change`, to break the rule `kind` at `offset`, with `index` in the message.
  private func expect(
    _ kind: ValidationError.Kind?, _ index: UInt32? = nil, at offset: Int? = nil,
    sourceLocation: SourceLocation = #_sourceLocation, _ change: (inout Module) -> Void
  ) {
    var module = SampleModule.around([])
    change(&module)
    let error = validationError(module)
    #expect(error?.kind == kind, "\(error?.description ?? "valid")", sourceLocation: sourceLocation)
    #expect(error?.index == index && error?.offset == offset, sourceLocation: sourceLocation)
    #expect(error?.function == nil, sourceLocation: sourceLocation)
  }

  private func imported(_ kind: Import.Kind) -> Import { Import(module: "m", name: "n", kind: kind, offset: 10) }

  private func global(_ initialValue: Operation...) -> Global {
    Global(
      type: GlobalType(value: .i32, isMutable: false), initialValue: SampleModule.expression(initialValue), offset: 55)
  }

  @Test("An empty module is valid")
  func empty() { #expect(validationError(Module()) == nil) }

  @Test("Functions and imported functions have a type that is there")
  func functionTypes() {
    expect(.unknownType, 5, at: SampleModule.function) { $0.functions[0].type = 5 }
    expect(.unknownType, .max, at: 10) { $0.imports = [imported(.function(.max))] }
    expect(nil) { $0.imports = [imported(.function(4))] }
  }

  @Test("Sizes are in order, and a memory has at most 65,536 pages", arguments: [false, true])
  func limits(isImported: Bool) {
    func memory(_ minimum: UInt32, _ maximum: UInt32?, _ kind: ValidationError.Kind?) {
      let type = MemoryType(limits: Limits(minimum: minimum, maximum: maximum), offset: 33)
      expect(kind, at: kind.map { _ in 33 }) {
        $0.memories = isImported ? [] : [type]
        $0.imports = isImported ? [imported(.memory(type))] : []
      }
    }
    memory(0, nil, nil)
    memory(65_536, 65_536, nil)
    memory(0, 0, nil)
    memory(65_537, nil, .memorySize)
    memory(0, 65_537, .memorySize)
    memory(.max, .max, .memorySize)
    memory(1, 0, .minimumAboveMaximum)
    func table(_ minimum: UInt32, _ maximum: UInt32?, _ kind: ValidationError.Kind?) {
      let type = TableType(limits: Limits(minimum: minimum, maximum: maximum), offset: 22)
      expect(kind, at: kind.map { _ in 22 }) {
        $0.tables = isImported ? [] : [type]
        $0.imports = isImported ? [imported(.table(type))] : []
      }
    }
    table(0, 0, nil)
    table(.max, .max, nil)
    table(.max, nil, nil)
    table(1, 0, .minimumAboveMaximum)
  }

  @Test("There is at most one table and one memory, imported ones counted")
  func multiplicity() {
    let table = TableType(limits: Limits(minimum: 0), offset: 22)
    let memory = MemoryType(limits: Limits(minimum: 0), offset: 33)
    expect(.multipleTables, at: 22) { $0.tables.append(table) }
    expect(.multipleTables, at: 20) { $0.imports = [imported(.table(table))] }
    expect(.multipleTables, at: 22) { module in
      module.tables = []
      module.imports = [imported(.table(table)), imported(.table(table))]
    }
    expect(.multipleMemories, at: 33) { $0.memories.append(memory) }
    expect(.multipleMemories, at: 30) { $0.imports = [imported(.memory(memory))] }
  }

  @Test("A global starts with one constant of its type, or an imported global that does not change")
  func globals() {
    let constant = imported(.global(GlobalType(value: .i32, isMutable: false)))
    let variable = imported(.global(GlobalType(value: .i32, isMutable: true)))
    let other = imported(.global(GlobalType(value: .i64, isMutable: false)))
    expect(nil) { $0.globals = [global(.i32)] }
    expect(.typeMismatch, at: 501) { $0.globals = [global(.i64)] }
    expect(.typeMismatch, at: 500) { $0.globals = [global()] }
    expect(.typeMismatch, at: 502) { $0.globals = [global(.i32, .i32)] }
    expect(.constantExpression, at: 501) { $0.globals = [global(.i32, .nop)] }
    expect(.constantExpression, at: 501) { $0.globals = [global(.i64, .numeric(.i32WrapI64))] }
    expect(.constantExpression, at: 500) { $0.globals = [global(.block(.result(.i32)), .i32, .end)] }
    expect(nil) { ($0.imports, $0.globals) = ([constant], [global(.globalGet(0))]) }
    expect(.constantExpression, at: 500) { ($0.imports, $0.globals) = ([variable], [global(.globalGet(0))]) }
    expect(.typeMismatch, at: 501) { ($0.imports, $0.globals) = ([other], [global(.globalGet(0))]) }
    expect(.unknownGlobal, 0, at: 500) { $0.globals = [global(.globalGet(0))] }
    expect(.unknownGlobal, 1, at: 500) {
      ($0.imports, $0.globals) = ([constant], [global(.i32), global(.globalGet(1))])
    }
    expect(.structure, at: 55) { $0.globals = [Global(type: $0.globals[0].type, initialValue: [], offset: 55)] }
  }

  @Test("An element segment has an i32 offset, a table and functions")
  func elements() {
    func segment(_ offset: Operation?, table: TableIndex = 0, _ references: [FunctionIndex?]) -> [ElementSegment] {
      let mode = offset.map { ElementSegment.Mode.active(table: table, offset: SampleModule.expression([$0])) }
      return [ElementSegment(mode: mode ?? .passive, references: references, offset: 66)]
    }
    expect(nil) { $0.elements = segment(.i32, [0, nil, 1]) }
    expect(nil) { ($0.tables, $0.elements) = ([], segment(nil, [1])) }
    expect(.typeMismatch, at: 501) { $0.elements = segment(.i64, []) }
    expect(.constantExpression, at: 500) { $0.elements = segment(.memorySize, []) }
    expect(.unknownTable, 1, at: 66) { $0.elements = segment(.i32, table: 1, []) }
    expect(.unknownTable, 0, at: 66) { ($0.tables, $0.elements) = ([], segment(.i32, [])) }
    expect(.unknownFunction, 2, at: 66) { $0.elements = segment(.i32, [0, 2]) }
    expect(.unknownFunction, .max, at: 66) { $0.elements = segment(nil, [.max]) }
    expect(.unknownFunction, 7, at: 66) {
      $0.elements = [ElementSegment(mode: .declarative, references: [7], offset: 66)]
    }
  }

  @Test("A data segment has an i32 offset and a memory")
  func data() {
    func segment(_ offset: Operation, memory: MemoryIndex = 0) -> [DataSegment] {
      [DataSegment(mode: .active(memory: memory, offset: SampleModule.expression([offset])), bytes: [], offset: 77)]
    }
    expect(nil) { $0.data = segment(.i32) }
    expect(.typeMismatch, at: 501) { $0.data = segment(.f32) }
    expect(.constantExpression, at: 500) { $0.data = segment(.unreachable) }
    expect(.unknownGlobal, 0, at: 500) { $0.data = segment(.globalGet(0)) }
    expect(.unknownMemory, 1, at: 77) { $0.data = segment(.i32, memory: 1) }
    expect(.unknownMemory, 0, at: 77) { ($0.memories, $0.data) = ([], segment(.i32)) }
    expect(nil) { ($0.memories, $0.data) = ([], [DataSegment(mode: .passive, bytes: [], offset: 77)]) }
  }

  @Test("The start function is there, and takes and gives nothing")
  func start() {
    expect(nil) { $0.start = Start(function: 0, offset: 80) }
    expect(.startFunction, at: 80) { $0.start = Start(function: 1, offset: 80) }
    expect(.unknownFunction, 2, at: 80) { $0.start = Start(function: 2, offset: 80) }
    for type in [FunctionType(parameters: [.i32], results: []), FunctionType(parameters: [], results: [.i32])] {
      expect(.startFunction, at: 80) { module in
        module.types.append(type)
        module.functions.append(
          Function(type: 5, locals: [], body: SampleModule.expression([.unreachable]), offset: 95))
        module.start = Start(function: 2, offset: 80)
      }
    }
    // Imported functions come first.
    expect(.startFunction, at: 80) {
      ($0.imports, $0.start) = ([imported(.function(2))], Start(function: 0, offset: 80))
    }
  }

  @Test("Exports name what is there, under names that differ")
  func exports() {
    let missing: [(Export.Kind, ValidationError.Kind, UInt32)] = [
      (.function(2), .unknownFunction, 2), (.table(1), .unknownTable, 1), (.memory(1), .unknownMemory, 1),
      (.global(2), .unknownGlobal, 2), (.function(.max), .unknownFunction, .max),
    ]
    for (kind, error, index) in missing {
      expect(error, index, at: 85) { $0.exports = [Export(name: "a", kind: kind, offset: 85)] }
    }
    let present: [Export.Kind] = [.function(1), .table(0), .memory(0), .global(1)]
    expect(nil) { module in
      module.exports = present.enumerated().map { Export(name: Name("\($0)"), kind: $1, offset: 85 + $0) }
    }
    for kind in present {
      expect(.duplicateExport, at: 86) {
        $0.exports = [Export(name: "a", kind: .function(0), offset: 85), Export(name: "a", kind: kind, offset: 86)]
      }
    }
    // Canonically equivalent, yet not the same scalars.
    expect(nil) {
      $0.exports = [
        Export(name: "\u{E9}", kind: .memory(0), offset: 85), Export(name: "e\u{301}", kind: .memory(0), offset: 86),
      ]
    }
  }

  @Test("Errors in bodies count imported functions")
  func functionIndex() {
    var module = SampleModule.around([])
    module.imports = [imported(.function(3)), imported(.function(3))]
    module.functions[1].body = SampleModule.expression([.drop])
    let error = validationError(module)
    #expect(error?.function == 3 && error?.offset == 500 && error?.kind == .typeMismatch)
  }
}
