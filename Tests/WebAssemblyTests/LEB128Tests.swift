import Testing
import WebAssembly

@Suite("LEB128")
struct LEB128Tests {
  static let signedEdges: [Int64] = [0, 1, -1, 63, 64, -64, -65, 8191, 8192, -8192, -8193, 1 << 27, -1 << 27]
  static let i32Edges = signedEdges + [Int64(Int32.max), Int64(Int32.min), Int64(Int32.max) - 1]
  static let i64Edges = i32Edges + [Int64.max, Int64.min, 1 << 32, -1 << 32, 1 << 62, -1 << 62, 1 << 55, -1 << 56]
  static let u32Edges: [UInt64] = [0, 1, 127, 128, 16383, 16384, 1 << 21, 1 << 28, 1 << 31, 0xFFFF_FFFF]

  private func constant(_ opcode: UInt8, _ encoded: [UInt8]) throws -> Operation? {
    try decodedBody(ModuleBytes.module(around: [opcode] + encoded)).first?.operation
  }

  @Test("Every length of an i32 that fits in five bytes is read", arguments: i32Edges)
  func i32(value: Int64) throws {
    for width in 1...5 {
      #expect(try constant(0x41, ModuleBytes.signed(value, width: width)) == .i32Const(Int32(value)))
    }
  }

  @Test("Every length of an i64 that fits in ten bytes is read", arguments: i64Edges)
  func i64(value: Int64) throws {
    for width in 1...10 {
      #expect(try constant(0x42, ModuleBytes.signed(value, width: width)) == .i64Const(value))
    }
  }

  @Test("Every length of an index that fits in five bytes is read", arguments: u32Edges)
  func u32(value: UInt64) throws {
    for width in 1...5 {
      let read = try constant(0x20, ModuleBytes.unsigned(value, width: width))
      #expect(read == .localGet(UInt32(value)))
    }
  }

  @Test("All 65,536 last two bytes of a five-byte i32 are read or refused as the format says")
  func lastByteOfI32() throws {
    for fourth in UInt8.min...UInt8.max where fourth >= 0x80 {
      for last in UInt8.min...UInt8.max {
        let bytes = ModuleBytes.module(around: [0x41, 0x80, 0x80, 0x80, fourth, last])
        // Bits 28 to 31 are the low four of the last byte; bits 4 to 6 must repeat bit 3.
        let signExtension = last & 0x78
        let isInRange = signExtension == 0 || signExtension == 0x78
        let offset = ModuleBytes.firstInstruction + 5
        if !isInRange {
          expectMalformed(bytes, .integerTooLarge, at: offset)
        } else if last >= 0x80 {
          expectMalformed(bytes, .integerTooLong, at: offset + 1)
        } else {
          let bits = UInt32(fourth & 0x7F) << 21 | UInt32(last & 0x0F) << 28
          #expect(try decodedBody(bytes).first?.operation == .i32Const(Int32(bitPattern: bits)))
        }
      }
    }
  }

  @Test("The last byte of an i64 carries one bit and six copies of it", arguments: UInt8.min...UInt8.max)
  func lastByteOfI64(last: UInt8) throws {
    let bytes = ModuleBytes.module(around: [0x42] + Array(repeating: 0x80, count: 9) + [last])
    let offset = ModuleBytes.firstInstruction + 10
    switch last {
    case 0x00: #expect(try decodedBody(bytes).first?.operation == .i64Const(0))
    case 0x7F: #expect(try decodedBody(bytes).first?.operation == .i64Const(.min))
    case 0x80, 0xFF: expectMalformed(bytes, .integerTooLong, at: offset + 1)
    default: expectMalformed(bytes, .integerTooLarge, at: offset)
    }
  }

  @Test("The last byte of an index carries four bits", arguments: UInt8.min...UInt8.max)
  func lastByteOfU32(last: UInt8) throws {
    let bytes = ModuleBytes.module(around: [0x20, 0x80, 0x80, 0x80, 0x80, last])
    let offset = ModuleBytes.firstInstruction + 5
    if last & 0x70 != 0 {
      expectMalformed(bytes, .integerTooLarge, at: offset)
    } else if last >= 0x80 {
      expectMalformed(bytes, .integerTooLong, at: offset + 1)
    } else {
      #expect(try decodedBody(bytes).first?.operation == .localGet(UInt32(last) << 28))
    }
  }

  @Test("A block's type index is a signed integer of 33 bits that is not negative")
  func typeIndex() throws {
    for index in Self.u32Edges {
      for width in 1...5 {
        // One byte from 0x40 to 0x7f is not an index, so that 64 and more always take another byte.
        let encoded = ModuleBytes.signed(Int64(index), width: width)
        let body = try decodedBody(ModuleBytes.module(around: [0x02] + encoded + [0x0B]))
        #expect(body.first?.operation == .block(.type(UInt32(index))))
      }
    }
    let negative = ModuleBytes.module(around: [0x02] + ModuleBytes.signed(-1, width: 2) + [0x0B])
    expectMalformed(negative, .blockType, at: ModuleBytes.firstInstruction + 1)
    let tooLarge = ModuleBytes.module(around: [0x02, 0x80, 0x80, 0x80, 0x80, 0x20, 0x0B])
    expectMalformed(tooLarge, .integerTooLarge, at: ModuleBytes.firstInstruction + 5)
  }

  @Test("An integer that runs beyond its section is judged by itself first")
  func beyondTheSection() {
    let tooLong = ModuleBytes.header + [0x03, 0x03, 0x01, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00]
    expectMalformed(tooLong, .integerTooLong, at: 16)
    let wellFormed = ModuleBytes.header + [0x03, 0x03, 0x01, 0x80, 0x80, 0x00]
    expectMalformed(wellFormed, .unexpectedEndOfSection, at: 13)
    expectMalformed(ModuleBytes.header + [0x03, 0x02, 0x01, 0x80], .unexpectedEndOfSection, at: 12)
    expectMalformed(ModuleBytes.header + [0x03, 0x80], .unexpectedEnd, at: 10)
  }
}
