import Testing
import WebAssembly

@Suite("Decoding errors")
struct DecodingErrorTests {
  /// One malformed module for each kind, with the offset of what is wrong.
  static let cases: [(kind: DecodingError.Kind, bytes: [UInt8], offset: Int)] = [
    (.unexpectedEnd, [0x00, 0x61], 2),
    (.unexpectedEndOfSection, ModuleBytes.module([0x01, 0x01, 0x01]), 11),
    (.magicHeader, [0x00, 0x61, 0x73, 0x6E, 0x01, 0x00, 0x00, 0x00], 0),
    (.version, [0x00, 0x61, 0x73, 0x6D, 0x02, 0x00, 0x00, 0x00], 4),
    (.sectionID, ModuleBytes.module([0x0D, 0x00]), 8),
    (.junkAfterLastSection, ModuleBytes.module([0x02, 0x01, 0x00, 0x01, 0x01, 0x00]), 11),
    (.sectionSizeMismatch, ModuleBytes.module([0x01, 0x02, 0x00, 0x00]), 11),
    (.lengthOutOfBounds, ModuleBytes.module([0x01, 0x01, 0x7F]), 10),
    (.integerTooLong, ModuleBytes.module([0x01, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00]), 14),
    (.integerTooLarge, ModuleBytes.module([0x01, 0x80, 0x80, 0x80, 0x80, 0x10]), 13),
    (.utf8Encoding, ModuleBytes.module([0x00, 0x02, 0x01, 0xFF]), 11),
    (.functionType, ModuleBytes.module([0x01, 0x04, 0x01, 0x61, 0x00, 0x00]), 11),
    (.valueType, ModuleBytes.module([0x01, 0x05, 0x01, 0x60, 0x01, 0x7B, 0x00]), 13),
    (.referenceType, ModuleBytes.module([0x04, 0x04, 0x01, 0x6F, 0x00, 0x00]), 11),
    (.blockType, ModuleBytes.module(around: [0x02, 0xFF, 0x7F, 0x0B]), ModuleBytes.firstInstruction + 1),
    (.mutability, ModuleBytes.module([0x06, 0x06, 0x01, 0x7F, 0x02, 0x41, 0x00, 0x0B]), 12),
    (.importKind, ModuleBytes.module([0x02, 0x05, 0x01, 0x00, 0x00, 0x04, 0x00]), 13),
    (.exportKind, ModuleBytes.module([0x07, 0x04, 0x01, 0x00, 0x04, 0x00]), 12),
    (.elementKind, ModuleBytes.module([0x09, 0x04, 0x01, 0x01, 0x01, 0x00]), 12),
    (.elementSegmentKind, ModuleBytes.module([0x09, 0x02, 0x01, 0x08]), 11),
    (.dataSegmentKind, ModuleBytes.module([0x0B, 0x02, 0x01, 0x03]), 11),
    (
      .tooManyLocals,
      ModuleBytes.module(
        [0x01, 0x04, 0x01, 0x60, 0x00, 0x00, 0x03, 0x02, 0x01, 0x00],
        [0x0A, 0x0C, 0x01, 0x0A, 0x02, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 0x7F, 0x02, 0x7E, 0x0B]), 29
    ),
    (.illegalOpcode, ModuleBytes.module(around: [0xFF]), ModuleBytes.firstInstruction),
    (.zeroFlag, ModuleBytes.module(around: [0x3F, 0x01]), ModuleBytes.firstInstruction + 1),
    (.endOpcode, ModuleBytes.module(around: [0x05]), ModuleBytes.firstInstruction),
    (.inconsistentCode, ModuleBytes.module([0x03, 0x02, 0x01, 0x00]), 12),
    (.inconsistentData, ModuleBytes.module([0x0C, 0x01, 0x01]), 11),
    (
      .dataCountRequired,
      ModuleBytes.module(
        [0x01, 0x04, 0x01, 0x60, 0x00, 0x00, 0x03, 0x02, 0x01, 0x00],
        [0x0A, 0x07, 0x01, 0x05, 0x00, 0xFC, 0x09, 0x00, 0x0B]), 23
    ),
  ]

  @Test("Every kind of error is found where it is")
  func everyKind() {
    for (kind, bytes, offset) in Self.cases { expectMalformed(bytes, kind, at: offset) }
    #expect(Set(Self.cases.map(\.kind)) == Set(DecodingError.Kind.allCases))
  }

  @Test("An error is one line that says what, where and what was expected")
  func description() {
    #expect(
      decodingError(ModuleBytes.module(around: [0x3F, 0x01]))?.description
        == "zero flag expected at byte 27 (0x1b): expected 0x00, the index of a memory or table, after memory.size")
    #expect(
      decodingError(ModuleBytes.module([0x02, 0x05, 0x01, 0x00, 0x00, 0x04, 0x00]))?.description
        == "malformed import kind at byte 13 (0xd): expected function (0), table (1), memory (2) or global (3)")
    #expect(
      decodingError([])?.description == "unexpected end at byte 0 (0x0): expected the magic header")
    #expect(
      decodingError(ModuleBytes.module([0x0C, 0x01]))?.description
        == "unexpected end of section or function at byte 10 (0xa): expected the data count section of size 1")
  }

  @Test("Every proper prefix of a module ends in an error, or at the end of a section")
  func prefixes() throws {
    for bytes in [SampleModules.indirect, SampleModules.numbers, SampleModules.everything] {
      var decoded = 0
      for count in 0..<bytes.count {
        do {
          _ = try Module(decoding: Array(bytes.prefix(count)))
          decoded += 1
        } catch {
          #expect((0...count).contains(error.offset))
        }
      }
      #expect((1...13).contains(decoded))
    }
  }
}
