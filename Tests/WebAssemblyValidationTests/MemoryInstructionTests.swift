import Testing
import WebAssembly
import WebAssemblyValidation

@Suite("Memory and table instructions")
struct MemoryInstructionTests {
  /// The type before the point of a name, and the bytes: the number after `load` or `store`, else the type's own.
  private static func access(_ name: String) throws -> (type: ValueType, width: Int) {
    let parts = name.split(separator: ".")
    let type = try #require(ValueType(rawValue: String(parts[0])))
    let bits = Int(parts[1].filter(\.isNumber)) ?? Int(parts[0].dropFirst())
    return (type, try #require(bits) / 8)
  }

  private func expectAlignments(
    upTo width: Int, _ module: (MemoryArgument) -> Module, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    for exponent in [0, 1, 2, 3, 4, 31, 32, 63, 64, 127, 128, UInt32.max] {
      let error = validationError(module(MemoryArgument(alignment: exponent, offset: .max)))
      let isNatural = exponent < 8 && 1 << Int(exponent) <= width
      #expect(error?.kind == (isNatural ? nil : .alignment), "2^\(exponent)", sourceLocation: sourceLocation)
    }
  }

  private static let argument = MemoryArgument(alignment: 0, offset: 0)

  @Test("Loads push the type of their name, aligned at most to their width", arguments: LoadOperator.allCases)
  func loads(load: LoadOperator) throws {
    let (type, width) = try Self.access(load.rawValue)
    #expect(load.type == type && load.width == width)
    expectAlignments(upTo: width) { SampleModule.around([.i32, .load(load, $0)], results: [type]) }
    let access = Operation.load(load, Self.argument)
    for other in ValueType.allCases {
      #expect((validationError(SampleModule.around([.i32, access], results: [other])) == nil) == (other == type))
      let address = validationError(SampleModule.around([.constant(other), access], results: [type]))
      #expect(address?.kind == (other == .i32 ? nil : .typeMismatch))
    }
    expectInvalid(.typeMismatch, at: 0, access, results: [type])
    try expectMemory(neededBy: access)
  }

  @Test("Stores pop the type of their name, aligned at most to their width", arguments: StoreOperator.allCases)
  func stores(store: StoreOperator) throws {
    let (type, width) = try Self.access(store.rawValue)
    #expect(store.type == type && store.width == width)
    expectAlignments(upTo: width) { SampleModule.around([.i32, .constant(type), .store(store, $0)]) }
    let access = Operation.store(store, Self.argument)
    for other in ValueType.allCases {
      let value = validationError(SampleModule.around([.i32, .constant(other), access]))
      #expect(value?.kind == (other == type ? nil : .typeMismatch))
      let address = validationError(SampleModule.around([.constant(other), .constant(type), access]))
      #expect(address?.kind == (other == .i32 ? nil : .typeMismatch))
    }
    expectInvalid(.typeMismatch, at: 1, .constant(type), access)
    try expectMemory(neededBy: access)
  }

  /// Expects `operation` to need a memory, even where no operands are missing.
  private func expectMemory(neededBy operation: Operation) throws {
    var module = SampleModule.around([.unreachable, operation, .unreachable])
    #expect(validationError(module) == nil)
    module.memories = []
    module.data = []
    let error = try #require(validationError(module))
    #expect(error.kind == .unknownMemory && error.index == 0 && error.offset == SampleModule.firstInstruction + 1)
  }

  @Test("Size, growth and bulk operations need the memory and i32 operands")
  func bulkMemory() throws {
    for operation in [Operation.memorySize, .memoryGrow, .memoryCopy, .memoryFill] {
      try expectMemory(neededBy: operation)
    }
    expectValid(.memorySize, .memoryGrow, results: [.i32])
    expectInvalid(.typeMismatch, at: 1, .memorySize, results: [.i64])
    expectInvalid(.typeMismatch, at: 2, .i32, .memoryGrow, results: [.f32])
    expectInvalid(.typeMismatch, at: 0, .memoryGrow, results: [.i32])
    expectInvalid(.typeMismatch, at: 1, .i64, .memoryGrow, results: [.i32])
    for operation in [Operation.memoryCopy, .memoryFill, .memoryInit(0), .tableInit(0), .tableCopy] {
      expectValid(.i32, .i32, .i32, operation)
      expectInvalid(.typeMismatch, at: 2, .i32, .i32, operation)
      expectInvalid(.typeMismatch, at: 3, .i32, .i32, .i64, operation)
      expectInvalid(.typeMismatch, at: 3, .f32, .i32, .i32, operation)
      expectInvalid(.typeMismatch, at: 4, .i32, .i32, .i32, operation, results: [.i32])
    }
  }

  @Test("Segments that are named must be there, as must the table")
  func segments() {
    expectValid(.dataDrop(0), .elemDrop(0))
    expectInvalid(.unknownDataSegment, at: 0, .dataDrop(1))
    expectInvalid(.unknownElementSegment, at: 0, .elemDrop(1))
    expectInvalid(.unknownDataSegment, at: 3, .i32, .i32, .i32, .memoryInit(.max))
    expectInvalid(.unknownElementSegment, at: 3, .i32, .i32, .i32, .tableInit(.max))
    for operation in [Operation.tableInit(0), .tableCopy, .callIndirect(3)] {
      var module = SampleModule.around([.unreachable, operation])
      module.tables = []
      module.elements = [ElementSegment(mode: .passive, references: [], offset: 60)]
      #expect(validationError(module)?.message == "unknown table 0")
    }
  }
}
