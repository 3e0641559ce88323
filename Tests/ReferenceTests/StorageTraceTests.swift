import InstructionSet
import Reference
import Testing

/// The tokens of loads, stores and local variables.
@Suite struct StorageTraceTests {
  @Test func localsAreSetTeedAndGot() throws {
    try expectTrace(
      of: [
        instruction(.const, 0x0102_0304), instruction(.localTee, 63), instruction(.localSet, 0),
        instruction(.const, 9), instruction(.localSet, 1), instruction(.localGet, 63), instruction(.localGet, 1),
        instruction(.localGet, 0),
      ],
      """
      04 03 02 01 commit(+1,sts=1,bt=0)
      04 03 02 01 commit(+0,sts=0,bt=0)
      04 03 02 01 commit(-1,sts=0,bt=0)
      09 00 00 00 commit(+1,sts=1,bt=0)
      09 00 00 00 commit(-1,sts=0,bt=0)
      04 03 02 01 commit(+1,sts=1,bt=0)
      09 00 00 00 commit(+1,sts=1,bt=0)
      04 03 02 01 commit(+1,sts=1,bt=0)
      """)
  }

  @Test func theLatestWriteToALocalIsFound() throws {
    try expectTrace(
      of: [
        instruction(.const, 0x0102_0304), instruction(.localSet, 5), instruction(.const, 6),
        instruction(.localSet, 5), instruction(.localGet, 5),
      ],
      """
      04 03 02 01 commit(+1,sts=1,bt=0)
      04 03 02 01 commit(-1,sts=0,bt=0)
      06 00 00 00 commit(+1,sts=1,bt=0)
      06 00 00 00 commit(-1,sts=0,bt=0)
      06 00 00 00 commit(+1,sts=1,bt=0)
      """)
  }

  @Test(arguments: [
    (Opcode.store, "88 99 aa bb", "88 99 aa bb"),
    (.store16, "88 99", "88 99 00 00"),
    (.store8, "88", "88 00 00 00"),
  ])
  func storesEmitTheBytesTheyWrite(opcode: Opcode, stored: String, loaded: String) throws {
    try expectTrace(
      of: [
        instruction(.const, 0x10), instruction(.const, 0xbbaa_9988), instruction(opcode, 0x3f0),
        instruction(.const, 0x400), instruction(.load),
      ],
      """
      10 00 00 00 commit(+1,sts=1,bt=0)
      88 99 aa bb commit(+1,sts=1,bt=0)
      \(stored) commit(-2,sts=0,bt=0)
      00 04 00 00 commit(+1,sts=1,bt=0)
      \(loaded) commit(+0,sts=1,bt=0)
      """)
  }

  @Test(arguments: [
    (Opcode.load, "80 ff 7f 81"),
    (.load8Unsigned, "80 00 00 00"), (.load8Signed, "80' ff' ff' ff'"),
    (.load16Unsigned, "80 ff 00 00"), (.load16Signed, "80 ff' ff' ff'"),
  ])
  func narrowLoadsExtendNegatives(opcode: Opcode, loaded: String) throws {
    try expectLoad(of: 0x817f_ff80, opcode, loaded)
  }

  @Test(arguments: [
    (Opcode.load, "7f 7f 00 00"),
    (.load8Unsigned, "7f 00 00 00"), (.load8Signed, "7f 00 00 00"),
    (.load16Unsigned, "7f 7f 00 00"), (.load16Signed, "7f 7f 00 00"),
  ])
  func narrowLoadsExtendPositives(opcode: Opcode, loaded: String) throws {
    try expectLoad(of: 0x7f7f, opcode, loaded)
  }

  /// The sign is that of the upper byte alone.
  @Test(arguments: [
    (0x7f80, Opcode.load16Signed, "80 7f 00 00"), (0x807f, .load16Signed, "7f 80' ff' ff'"),
    (0x8000, .load16Signed, "00 80' ff' ff'"), (0xff, .load8Signed, "ff' ff' ff' ff'"),
    (0xff00, .load8Signed, "00 00 00 00"),
  ])
  func signsAreThoseOfTheWidth(stored: Int, opcode: Opcode, loaded: String) throws {
    try expectLoad(of: stored, opcode, loaded)
  }

  private func expectLoad(of stored: Int, _ opcode: Opcode, _ loaded: String) throws {
    let program = try Program(instructions: [
      instruction(.const, 8), instruction(.const, stored), instruction(.store), instruction(.const, 3),
      instruction(opcode, 5), instruction(.halt),
    ])
    let words = Execution(of: program, maximumTokens: 100).tokens.map(\.text)
    let expected = (loaded + " commit(+0,sts=1,bt=0) halt").split(separator: " ").map(String.init)
    #expect(Array(words.suffix(6)) == expected)
  }

  @Test func overlappingWritesAreFoundByteByByte() throws {
    let words = Execution(
      of: try Program(instructions: [
        instruction(.const, 100), instruction(.const, 0x4433_2211), instruction(.store),
        instruction(.const, 102), instruction(.const, 0x8877_6655), instruction(.store),
        instruction(.const, 101), instruction(.const, 0xaaaa_bbcc), instruction(.store16),
        instruction(.const, 104), instruction(.const, 0x1ee), instruction(.store8),
        instruction(.const, 99), instruction(.load), instruction(.const, 103), instruction(.load),
        instruction(.halt),
      ]), maximumTokens: 200
    ).tokens.map(\.text)
    let expected = """
      63 00 00 00 commit(+1,sts=1,bt=0)
      00 11 cc bb commit(+0,sts=1,bt=0)
      67 00 00 00 commit(+1,sts=1,bt=0)
      66 ee 88 00 commit(+0,sts=1,bt=0)
      halt
      """.split(whereSeparator: \.isWhitespace).map(String.init)
    #expect(Array(words.suffix(expected.count)) == expected)
  }

  @Test func memoryIsZeroUntilWrittenUpToItsLastByte() throws {
    try expectTrace(
      of: [
        instruction(.const, 0x3ff_fffc), instruction(.load),
        instruction(.const, 0x3ff_ffff), instruction(.const, 0x5a), instruction(.store8),
        instruction(.const, 0x3ff_fff0), instruction(.load, 0xc),
      ],
      """
      fc ff ff 03 commit(+1,sts=1,bt=0)
      00 00 00 00 commit(+0,sts=1,bt=0)
      ff ff ff 03 commit(+1,sts=1,bt=0)
      5a 00 00 00 commit(+1,sts=1,bt=0)
      5a commit(-2,sts=0,bt=0)
      f0 ff ff 03 commit(+1,sts=1,bt=0)
      00 00 00 5a commit(+0,sts=1,bt=0)
      """)
  }

  /// A word across the boundary of two pages of 64 KiB.
  @Test func wordsCrossPages() throws {
    try expectTrace(
      of: [
        instruction(.const, 0xfffe), instruction(.const, 0x0403_0201), instruction(.store),
        instruction(.const, 0xffff), instruction(.load),
      ],
      """
      fe ff 00 00 commit(+1,sts=1,bt=0)
      01 02 03 04 commit(+1,sts=1,bt=0)
      01 02 03 04 commit(-2,sts=0,bt=0)
      ff ff 00 00 commit(+1,sts=1,bt=0)
      02 03 04 00 commit(+0,sts=1,bt=0)
      """)
  }

  @Test func theInputIsInMemoryWithAFinalZero() throws {
    try expectTrace(
      of: [
        instruction(.inputBase, 0x20), instruction(.const, 0x20), instruction(.load),
        instruction(.const, 0x22), instruction(.load8Signed),
      ], input: [0x41, 0x7b, 0xff],
      """
      20 00 00 00 commit(+1,sts=1,bt=0)
      41 7b ff 00 commit(+0,sts=1,bt=0)
      22 00 00 00 commit(+1,sts=1,bt=0)
      ff' ff' ff' ff' commit(+0,sts=1,bt=0)
      """)
  }

  @Test func theEmptyInputIsAZero() throws {
    try expectTrace(
      of: [instruction(.inputBase, 0x3ff_ffff), instruction(.const, 0x3ff_ffff), instruction(.load8Unsigned)],
      input: [],
      """
      ff ff ff 03 commit(+1,sts=1,bt=0)
      00 00 00 00 commit(+0,sts=1,bt=0)
      """)
  }
}
