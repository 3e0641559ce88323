import Testing
import WebAssembly

@Suite("Segments")
struct SegmentTests {
  private func segment(_ bytes: [UInt8]) throws -> ElementSegment {
    try #require(try Module(decoding: ModuleBytes.module(ModuleBytes.section(9, of: [bytes]))).elements.first)
  }

  @Test("The eight forms of an element segment")
  func elements() throws {
    let segments = try Module(decoding: SampleModules.everything).elements
    #expect(segments.map(\.references) == [[0, 1], [1], [0], [0], [nil], [1, nil], [0], [1]])
    let modes = segments.map { segment -> String in
      switch segment.mode {
      case .passive: "passive"
      case .declarative: "declarative"
      case .active(let table, let offset): "\(table): " + offset.map(\.description).joined(separator: ", ")
      }
    }
    let offset = "i32.const 2, end"
    #expect(
      modes == [
        "0: \(offset)", "passive", "1: \(offset)", "declarative", "0: \(offset)", "passive", "1: \(offset)",
        "declarative",
      ])
  }

  @Test("The three forms of a data segment")
  func data() throws {
    let modes = try Module(decoding: SampleModules.everything).data.map { segment -> UInt32? in
      if case .active(let memory, _) = segment.mode { memory } else { nil }
    }
    #expect(modes == [0, nil, 1])
  }

  @Test("Flags beyond those of the format are malformed")
  func flags() throws {
    for flags in UInt8(8)..<0x80 {
      let bytes = ModuleBytes.module(ModuleBytes.section(9, of: [[flags, 0x00, 0x00, 0x00]]))
      expectMalformed(bytes, .elementSegmentKind, at: 11)
    }
    for flags in UInt8(3)..<0x80 {
      let bytes = ModuleBytes.module(ModuleBytes.section(11, of: [[flags, 0x00, 0x00, 0x00]]))
      expectMalformed(bytes, .dataSegmentKind, at: 11)
    }
    // Flags are an integer like every other.
    #expect(try segment([0x81, 0x00, 0x00, 0x00]).mode == .passive)
  }

  @Test("Only funcref, ref.null and ref.func occur in element segments")
  func references() {
    func malformed(_ bytes: [UInt8], _ kind: DecodingError.Kind, at offset: Int) {
      expectMalformed(ModuleBytes.module(ModuleBytes.section(9, of: [bytes])), kind, at: 11 + offset)
    }
    malformed([0x01, 0x01, 0x00], .elementKind, at: 1)
    malformed([0x05, 0x7F, 0x00], .referenceType, at: 1)
    malformed([0x05, 0x6F, 0x00], .referenceType, at: 1)
    malformed([0x05, 0x70, 0x01, 0xD0, 0x6F, 0x0B], .referenceType, at: 4)
    malformed([0x05, 0x70, 0x01, 0xD3, 0x00, 0x0B], .illegalOpcode, at: 3)
    malformed([0x05, 0x70, 0x01, 0x23, 0x00, 0x0B], .illegalOpcode, at: 3)
    malformed([0x05, 0x70, 0x01, 0xD2, 0x00, 0x01], .endOpcode, at: 5)
  }

  @Test("References are no instructions of a body", arguments: [0xD0, 0xD1, 0xD2, 0x25, 0x26, 0x1C] as [UInt8])
  func referenceInstructions(opcode: UInt8) {
    let bytes = ModuleBytes.module(around: [opcode, 0x70, 0x1A])
    expectMalformed(bytes, .illegalOpcode, at: ModuleBytes.firstInstruction)
  }

  @Test(
    "Instructions that name data need a data count section",
    arguments: [[0xFC, 0x08, 0x00, 0x00], [0xFC, 0x09, 0x00]] as [[UInt8]])
  func dataCountRequired(instruction: [UInt8]) {
    let bytes = ModuleBytes.module(
      ModuleBytes.section(1, of: [[0x60, 0x00, 0x00]]), ModuleBytes.section(3, of: [[0x00]]),
      ModuleBytes.section(10, of: [ModuleBytes.body([0x01] + instruction)]))
    expectMalformed(bytes, .dataCountRequired, at: 8 + 6 + 4 + 5 + 1)
  }

  @Test("Counts that two sections give must agree")
  func counts() throws {
    let twoPassive = ModuleBytes.section(11, of: [[0x01, 0x00], [0x01, 0x00]])
    for count in UInt8(0)...3 where count != 2 {
      expectMalformed(ModuleBytes.module(ModuleBytes.section(12, [count]), twoPassive), .inconsistentData, at: 13)
    }
    #expect(try Module(decoding: ModuleBytes.module(ModuleBytes.section(12, [2]), twoPassive)).data.count == 2)
    #expect(try Module(decoding: ModuleBytes.module(twoPassive)).dataCount == nil)
    expectMalformed(ModuleBytes.module(ModuleBytes.section(12, [1])), .inconsistentData, at: 11)

    let types = ModuleBytes.section(1, of: [[0x60, 0x00, 0x00]])
    let twoFunctions = ModuleBytes.section(3, of: [[0x00], [0x00]])
    let oneBody = ModuleBytes.section(10, of: [ModuleBytes.body([])])
    expectMalformed(ModuleBytes.module(types, twoFunctions), .inconsistentCode, at: 8 + 6 + 5)
    expectMalformed(ModuleBytes.module(types, twoFunctions, oneBody), .inconsistentCode, at: 8 + 6 + 5 + 2)
    expectMalformed(ModuleBytes.module(oneBody), .inconsistentCode, at: 8 + 2)
  }
}
