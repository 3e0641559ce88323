import Testing
import WebAssembly

@Suite("Sections")
struct SectionTests {
  @Test("A module may be empty")
  func empty() throws {
    #expect(try Module(decoding: ModuleBytes.header) == Module())
  }

  @Test("Every proper prefix of the header is cut off")
  func truncatedHeader() {
    for count in 0..<8 {
      expectMalformed(Array(ModuleBytes.header.prefix(count)), .unexpectedEnd, at: count)
    }
  }

  @Test("A module with every section is decoded whole")
  func everything() throws {
    let module = try Module(decoding: SampleModules.everything)
    #expect(module.types.map(\.results) == [[], [.i64], [.f64, .f32]])
    #expect(module.types.map(\.parameters) == [[], [.i32], [.f32, .f64]])
    #expect(module.imports.map(\.module) == ["env", "env", "env", ""])
    #expect(module.imports.map(\.name) == ["f", "t", "m", "gé"])
    #expect(module.imports.first?.kind == .function(1))
    #expect(module.imports.last?.kind == .global(GlobalType(value: .f64, isMutable: false)))
    #expect(module.functions.map(\.type) == [2])
    #expect(module.functions.first?.localCount == 3)
    #expect(module.tables.map(\.limits) == [Limits(minimum: 10)])
    #expect(module.memories.map(\.limits) == [Limits(minimum: 1, maximum: 256)])
    #expect(module.globals.map(\.type) == [GlobalType(value: .i64, isMutable: true)])
    #expect(module.globals.first?.initialValue.map(\.operation) == [.i64Const(-1), .end])
    #expect(module.exports.map(\.kind) == [.function(1), .table(0), .memory(0), .global(1)])
    #expect(module.start?.function == 0)
    #expect(module.dataCount == 3)
    #expect(module.data.map(\.bytes) == [[0x78, 0x79], [0x7A], []])
    #expect(module.customSections.map(\.name) == ["first", "last"])
    #expect(module.customSections.map(\.contents) == [[0xDE, 0xAD], []])
  }

  @Test("What a compiler makes is decoded as it was meant")
  func compiledModule() throws {
    let module = try Module(decoding: SampleModules.indirect)
    #expect(module.exports.map(\.name.text) == ["memory", "apply", "classify"])
    #expect(module.customSections.map(\.name) == ["name", "producers"])
    #expect(module.elements.map(\.references) == [[2, 3, 4]])
    let apply = try #require(module.functions.first)
    #expect(
      apply.body.map(\.description) == [
        "local.get 1", "local.get 2", "local.get 0", "i32.const 3", "i32.rem_s", "i32.const 2", "i32.shl",
        "i32.const 1024", "i32.add", "i32.load align=4", "call_indirect (type 0)", "end",
      ])
    #expect(try Module(decoding: SampleModules.numbers).functions.count == 7)
  }

  @Test("Offsets name the byte at which each definition begins")
  func offsets() throws {
    let bytes = SampleModules.everything
    let module = try Module(decoding: bytes)
    #expect(module.customSections.map { bytes[$0.offset] } == [0, 0])
    #expect(module.imports.map { bytes[$0.offset] } == [3, 3, 3, 0])
    #expect(module.exports.map { bytes[$0.offset + 1] } == Array("abcd".utf8))
    #expect(module.elements.map { bytes[$0.offset] } == Array(0...7))
    #expect(module.data.map { bytes[$0.offset] } == [0, 1, 2])
    #expect(module.tables.map { bytes[$0.offset] } == [0x70])
    #expect(module.memories.map { bytes[$0.offset] } == [0x01])
    #expect(module.globals.map { bytes[$0.offset] } == [0x7E])
    #expect(module.functions.map { bytes[$0.offset] } == [13])
    let bodyOpcodes = try #require(module.functions.first).body.map { bytes[$0.offset] }
    #expect(bodyOpcodes == [0x20, 0x20, 0x02, 0x0B, 0x0B])
  }

  @Test("Every section but the custom one comes once, in order, the data count before the code")
  func order() throws {
    // The emptiest section of each kind, in the specification's order; ids 3 and 10, and 12 and 11, agree on 0.
    let sections: [[UInt8]] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 10, 11].map { ModuleBytes.section($0, [0x00]) }
    let custom = ModuleBytes.section(0, ModuleBytes.name(""))
    _ = try Module(decoding: ModuleBytes.header + sections.joined())
    _ = try Module(decoding: ModuleBytes.header + custom + sections.map { $0 + custom + custom }.joined())
    for (place, section) in sections.enumerated() {
      for later in sections[...place] {
        expectMalformed(ModuleBytes.header + section + later, .junkAfterLastSection, at: 8 + section.count)
      }
      for later in sections[(place + 1)...] {
        #expect(try Module(decoding: ModuleBytes.header + section + later).types.isEmpty)
      }
    }
  }

  @Test("Ids beyond the last section's are malformed", arguments: UInt8(13)...UInt8.max)
  func unknownSection(id: UInt8) {
    expectMalformed(ModuleBytes.module(ModuleBytes.section(id, [0x00])), .sectionID, at: 8)
  }

  @Test("A section must be as long as it says", arguments: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] as [UInt8])
  func sectionSize(id: UInt8) {
    expectMalformed(ModuleBytes.module([id, 0x00]), .unexpectedEndOfSection, at: 10)
    expectMalformed(ModuleBytes.module([id, 0x02, 0x00]), .unexpectedEndOfSection, at: 11)
    expectMalformed(ModuleBytes.module([id, 0x02, 0x00, 0x00]), .sectionSizeMismatch, at: 11)
    expectMalformed(ModuleBytes.module([id]), .unexpectedEnd, at: 9)
    // After a section that is whole, it is the file again that ends too early.
    expectMalformed(ModuleBytes.module([0x00, 0x01, 0x00], [id]), .unexpectedEnd, at: 12)
  }

  @Test("A function body must end within its section, although the file goes on")
  func bodySize() {
    let signature: [UInt8] = [0x01, 0x04, 0x01, 0x60, 0x00, 0x00, 0x03, 0x02, 0x01, 0x00]
    let code: [UInt8] = [0x0A, 0x04, 0x01, 0x05, 0x00, 0x0B]
    let custom: [UInt8] = [0x00, 0x01, 0x00]
    expectMalformed(ModuleBytes.module(signature, code, custom), .unexpectedEndOfSection, at: 24)
  }

  @Test("Lengths beyond the whole file are out of bounds, and nothing is allocated for them")
  func lengths() {
    let huge = ModuleBytes.unsigned(0xFFFF_FFFF)
    expectMalformed(ModuleBytes.module([0x00] + huge), .lengthOutOfBounds, at: 9)
    for id in [1, 2, 3, 4, 5, 6, 7, 9, 10, 11] as [UInt8] {
      expectMalformed(ModuleBytes.module(ModuleBytes.section(id, huge)), .lengthOutOfBounds, at: 10)
    }
    expectMalformed(ModuleBytes.module(ModuleBytes.section(0, huge)), .lengthOutOfBounds, at: 10)
    let table = ModuleBytes.module(around: [0x0E] + huge)
    expectMalformed(table, .lengthOutOfBounds, at: ModuleBytes.firstInstruction + 1)
    // Within the file but not within the section.
    let data = ModuleBytes.module(ModuleBytes.section(11, of: [[0x01, 0x08, 0x61]]))
    expectMalformed(data, .unexpectedEndOfSection, at: data.count)
  }

  @Test("Locals are kept in runs, however many they are")
  func locals() throws {
    func module(_ runs: [[UInt8]]) -> [UInt8] {
      ModuleBytes.module(
        ModuleBytes.section(1, of: [[0x60, 0x00, 0x00]]), ModuleBytes.section(3, of: [[0x00]]),
        ModuleBytes.section(10, of: [ModuleBytes.sized(ModuleBytes.vector(runs) + [0x0B])]))
    }
    let most = ModuleBytes.unsigned(0xFFFF_FFFF)
    let function = try #require(try Module(decoding: module([most + [0x7E], [0x00, 0x7F]])).functions.first)
    #expect(function.locals == [.init(count: .max, type: .i64), .init(count: 0, type: .i32)])
    #expect(function.localCount == 0xFFFF_FFFF)
    expectMalformed(module([most + [0x7E], [0x01, 0x7F]]), .tooManyLocals, at: 8 + 6 + 4 + 5 + 6)
    expectMalformed(module([[0x01, 0x7F]] + [most + [0x7E]]), .tooManyLocals, at: 8 + 6 + 4 + 5 + 2)
    expectMalformed(module([[0x01, 0x70]]), .valueType, at: 8 + 6 + 4 + 5 + 1)
  }
}
