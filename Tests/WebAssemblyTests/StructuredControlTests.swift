import Testing
import WebAssembly

@Suite("Structured control")
struct StructuredControlTests {
  private func texts(_ instructions: [UInt8]) throws -> [String] {
    try decodedBody(ModuleBytes.module(around: instructions)).map(\.description)
  }

  @Test("Blocks carry no type, a value type or a type index")
  func blockTypes() throws {
    #expect(try texts([0x02, 0x40, 0x0B]) == ["block", "end", "end"])
    #expect(try texts([0x03, 0x7F, 0x0B]) == ["loop (result i32)", "end", "end"])
    #expect(try texts([0x04, 0x7E, 0x05, 0x0B]) == ["if (result i64)", "else", "end", "end"])
    #expect(try texts([0x02, 0x7D, 0x0B]) == ["block (result f32)", "end", "end"])
    #expect(try texts([0x02, 0x7C, 0x0B]) == ["block (result f64)", "end", "end"])
    #expect(try texts([0x04, 0x00, 0x0B]) == ["if (type 0)", "end", "end"])
    #expect(try texts([0x03, 0xC0, 0x00, 0x0B]) == ["loop (type 64)", "end", "end"])
  }

  @Test("No other single byte is a block type", arguments: UInt8(0x41)...0x7B)
  func malformedBlockTypes(type: UInt8) {
    expectMalformed(
      ModuleBytes.module(around: [0x02, type, 0x0B]), .valueType, at: ModuleBytes.firstInstruction + 1)
  }

  @Test("else belongs to the innermost construct, which must be an if without one")
  func elsePlacement() {
    let misplaced: [([UInt8], Int)] = [
      ([0x05], 0), ([0x02, 0x40, 0x05, 0x0B], 2), ([0x03, 0x40, 0x05, 0x0B], 2),
      ([0x04, 0x40, 0x05, 0x05, 0x0B], 3), ([0x04, 0x40, 0x02, 0x40, 0x05, 0x0B, 0x0B], 4),
      ([0x04, 0x40, 0x0B, 0x05], 3),
    ]
    for (instructions, offset) in misplaced {
      let bytes = ModuleBytes.module(around: instructions)
      expectMalformed(bytes, .endOpcode, at: ModuleBytes.firstInstruction + offset)
    }
  }

  @Test("A body ends with its own end: none too few, none too many")
  func balance() {
    let open = ModuleBytes.module(around: [0x02, 0x40])
    expectMalformed(open, .unexpectedEndOfSection, at: open.count)
    expectMalformed(ModuleBytes.module(around: [0x0B]), .sectionSizeMismatch, at: ModuleBytes.firstInstruction + 1)
    expectMalformed(
      ModuleBytes.module(around: [0x0B, 0x01]), .sectionSizeMismatch, at: ModuleBytes.firstInstruction + 1)
  }

  @Test("A million nested constructs need no stack", arguments: [0x02, 0x03, 0x04] as [UInt8])
  func deepNesting(opcode: UInt8) throws {
    let depth = 1_000_000
    var instructions: [UInt8] = []
    for _ in 0..<depth { instructions += [opcode, 0x40] }
    let body = try decodedBody(ModuleBytes.module(around: instructions + Array(repeating: 0x0B, count: depth)))
    #expect(body.count == 2 * depth + 1)
    let open = ModuleBytes.module(around: instructions)
    expectMalformed(open, .unexpectedEndOfSection, at: open.count)
  }
}
