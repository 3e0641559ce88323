import Foundation
import Testing
import WebAssembly

/// Modules written and read again.
@Suite("Encoding") struct EncodingTests {
  /// The module as it is told apart from its file: an encoder is free in how long integers are.
  private func roundTrip(_ bytes: [UInt8], _ name: String) throws {
    let module = try Module(decoding: bytes)
    let encoded = module.encoded()
    let again = try Module(decoding: encoded)
    #expect(again.withoutOffsets == module.withoutOffsets, "\(name)")
    // The second time nothing is left to be shortened.
    #expect(again.encoded() == encoded, "\(name)")
    #expect(encoded.count <= bytes.count, "\(name)")
  }

  @Test func samplesSurvive() throws {
    try roundTrip(SampleModules.indirect, "indirect")
    try roundTrip(SampleModules.numbers, "numbers")
    try roundTrip(SampleModules.everything, "everything")
    try roundTrip(ModuleBytes.module(), "an empty module")
  }

  /// Integers at the borders where another byte begins.
  @Test func constantsSurvive() throws {
    let words = (0..<32).flatMap { shift -> [Int32] in
      let power = Int32(truncatingIfNeeded: Int64(1) << shift)
      return [power, power &- 1, ~power, power &+ 1, 0 &- power]
    }
    let operations =
      words.flatMap { [Operation.i32Const($0), .i64Const(Int64($0) << 31), .drop, .drop] }
      + [.i64Const(.min), .i64Const(.max), .i32Const(.min), .i32Const(.max)]
      + [.f32Const(bitPattern: 0x7fa0_0001), .f64Const(bitPattern: 0xfff0_0000_0000_0001), .end]
    var module = Module()
    module.types = [FunctionType(parameters: [], results: [])]
    module.functions = [Function(type: 0, locals: [], body: operations.map { Instruction($0, offset: 0) }, offset: 0)]
    let again = try Module(decoding: module.encoded())
    #expect(again.functions.first?.body.map(\.operation) == operations)
  }

  @Test func everyOpcodeSurvives() throws {
    var bytes: [UInt8] = []
    for (prefix, table) in [([], OpcodeTable.plain), ([OpcodeTable.prefix], OpcodeTable.prefixed)] {
      for row in table.rows where !["block", "loop", "if", "else", "end"].contains(row.immediates.name) {
        bytes += prefix + [row.code] + row.immediates.exampleBytes
      }
    }
    let file = ModuleBytes.module(around: bytes)
    let module = try Module(decoding: file)
    #expect(module.functions.first?.body.count ?? 0 > 180)
    #expect(try Module(decoding: module.encoded()).withoutOffsets == module.withoutOffsets)
  }

  @Test(.enabled(if: SpecificationSuite.folder != nil, "\(SpecificationSuite.absence)"))
  func modulesOfTheOfficialSuiteSurvive() throws {
    let folder = try #require(SpecificationSuite.folder)
    for (name, command, bytes) in try SpecificationSuite.binaryModules(in: folder)
    where command.type != "assert_malformed" {
      try roundTrip(bytes, name)
    }
  }
}

extension OpcodeTable.Immediates {
  /// Immediates of the kind, as bytes.
  fileprivate var exampleBytes: [UInt8] {
    switch self {
    case .none: []
    case .zeroFlags(let count, _): Array(repeating: 0, count: count)
    case .index: [0x80, 0x02]
    case .indexAndZeroFlag: [0x03, 0x00]
    case .blockType: [0x40]
    case .branchTable: [0x02, 0x00, 0x07, 0x80, 0x01]
    case .memoryArgument: [0x01, 0x90, 0x01]
    case .i32, .i64: [0xFF, 0x7E]
    case .f32: [1, 2, 3, 4]
    case .f64: [1, 2, 3, 4, 5, 6, 7, 8]
    }
  }
}

extension Module {
  /// The definitions, wherever they stand.
  fileprivate var withoutOffsets: Module {
    var module = self
    for index in imports.indices {
      module.imports[index].offset = 0
      switch imports[index].kind {
      case .table(var type):
        type.offset = 0
        module.imports[index].kind = .table(type)
      case .memory(var type):
        type.offset = 0
        module.imports[index].kind = .memory(type)
      case .function, .global: break
      }
    }
    for index in functions.indices {
      module.functions[index].offset = 0
      module.functions[index].body = functions[index].body.withoutOffsets
    }
    for index in tables.indices { module.tables[index].offset = 0 }
    for index in memories.indices { module.memories[index].offset = 0 }
    for index in globals.indices {
      module.globals[index].offset = 0
      module.globals[index].initialValue = globals[index].initialValue.withoutOffsets
    }
    for index in exports.indices { module.exports[index].offset = 0 }
    module.start?.offset = 0
    for index in elements.indices {
      module.elements[index].offset = 0
      if case .active(let table, let offset) = elements[index].mode {
        module.elements[index].mode = .active(table: table, offset: offset.withoutOffsets)
      }
    }
    for index in data.indices {
      module.data[index].offset = 0
      if case .active(let memory, let offset) = data[index].mode {
        module.data[index].mode = .active(memory: memory, offset: offset.withoutOffsets)
      }
    }
    for index in customSections.indices { module.customSections[index].offset = 0 }
    return module
  }
}

extension [Instruction] {
  fileprivate var withoutOffsets: [Instruction] { map { Instruction($0.operation, offset: 0) } }
}
