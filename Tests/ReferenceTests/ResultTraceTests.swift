import InstructionSet
import Reference
import Testing

/// The tokens of instructions that push a result.
@Suite struct ResultTraceTests {
  @Test func constantsAreTheirBytes() throws {
    try expectTrace(
      of: [instruction(.const, 0x48), instruction(.const, -2), instruction(.const, 0x1234_abcd)],
      """
      48 00 00 00 commit(+1,sts=1,bt=0)
      fe ff ff ff commit(+1,sts=1,bt=0)
      cd ab 34 12 commit(+1,sts=1,bt=0)
      """)
  }

  @Test func globalsAreZero() throws {
    try expectTrace(
      of: [instruction(.const, 7), instruction(.globalSet, 3), instruction(.globalGet, 3)],
      """
      07 00 00 00 commit(+1,sts=1,bt=0)
      commit(-1,sts=0,bt=0)
      00 00 00 00 commit(+1,sts=1,bt=0)
      """)
  }

  @Test func dropIsACommitAlone() throws {
    try expectTrace(
      of: [instruction(.const, 1), instruction(.drop)],
      "01 00 00 00 commit(+1,sts=1,bt=0) commit(-1,sts=0,bt=0)")
  }

  @Test(arguments: [
    (1, 2, "03 00 00 00"),
    (0xff, 1, "00' 01 00 00"),
    (0xffff, 1, "00' 00' 01 00"),
    (0xff_ffff, 1, "00' 00' 00' 01"),
    (0xffff_ffff, 1, "00' 00' 00' 00'"),
    (0xffff_ffff, 0xffff_ffff, "fe' ff' ff' ff'"),
    (0x8000_0000, 0x8000_0000, "00 00 00 00'"),
    (0x7fff_ffff, 1, "00' 00' 00' 80"),
    (0xff00_ff00, 0x0100_0100, "00 00' 01 00'"),
    (0, 0, "00 00 00 00"),
  ])
  func addMarksTheCarryOfEachByte(first: Int, second: Int, bytes: String) throws {
    try expectResult(.add, first, second, bytes)
  }

  @Test(arguments: [
    (3, 2, "01 00 00 00"),
    (0, 1, "ff' ff' ff' ff'"),
    (0x100, 1, "ff' 00 00 00"),
    (0x1_0000, 1, "ff' ff' 00 00"),
    (0x100_0000, 1, "ff' ff' ff' 00"),
    (0, 0x8000_0000, "00 00 00 80'"),
    (0, 0xffff_ffff, "01' 00' 00' 00'"),
    (0xffff_ffff, 0xffff_ffff, "00 00 00 00"),
    (0x0001_0000, 0x0000_0100, "00 ff' 00 00"),
    (0x1234_5678, 0x1235_5679, "ff' ff' fe' ff'"),
  ])
  func subMarksTheBorrowOfEachByte(first: Int, second: Int, bytes: String) throws {
    try expectResult(.sub, first, second, bytes)
  }

  /// Each comparison of 1, −1 and equal operands, as the words −1 < 1 and 1 < 2³² − 1 would have it.
  @Test(arguments: [
    (Opcode.eq, [0, 0, 1]), (.ne, [1, 1, 0]),
    (.ltSigned, [0, 1, 0]), (.gtSigned, [1, 0, 0]), (.leSigned, [0, 1, 1]), (.geSigned, [1, 0, 1]),
    (.ltUnsigned, [1, 0, 0]), (.gtUnsigned, [0, 1, 0]), (.leUnsigned, [1, 0, 1]), (.geUnsigned, [0, 1, 1]),
  ])
  func comparisonsAreOneByte(opcode: Opcode, holds: [Int]) throws {
    for (operands, result) in zip([(1, -1), (-1, 1), (-1, -1)], holds) {
      try expectResult(opcode, operands.0, operands.1, "0\(result) 00 00 00")
    }
  }

  @Test(arguments: [
    (Opcode.eq, 0x100, 0, 0), (.ne, 0x100, 0, 1), (.eq, 0x0100_0000, 0, 0),
    (.ltSigned, 0x8000_0000, 0x7fff_ffff, 1), (.ltUnsigned, 0x8000_0000, 0x7fff_ffff, 0),
    (.geSigned, 0x8000_0000, 0, 0), (.geUnsigned, 0x8000_0000, 0, 1),
    (.gtSigned, 0x0001_0000, 0x0000_ffff, 1), (.leUnsigned, 0, 0, 1),
  ])
  func comparisonsSeeTheWholeWord(opcode: Opcode, first: Int, second: Int, result: Int) throws {
    try expectResult(opcode, first, second, "0\(result) 00 00 00")
  }

  @Test(arguments: [(0, 1), (1, 0), (0x100, 0), (0x8000_0000, 0)])
  func eqzKeepsTheDepth(operand: Int, result: Int) throws {
    try expectTrace(
      of: [instruction(.const, operand), instruction(.eqz), instruction(.drop)],
      """
      \(bytes(operand)) commit(+1,sts=1,bt=0)
      0\(result) 00 00 00 commit(+0,sts=1,bt=0)
      commit(-1,sts=0,bt=0)
      """)
  }

  @Test(arguments: [
    (1, "0b 00 00 00"), (0, "16 00 00 00"), (0x100, "0b 00 00 00"), (0x8000_0000, "0b 00 00 00"), (-1, "0b 00 00 00"),
  ])
  func selectTakesTheFirstWhereTheConditionHolds(condition: Int, chosen: String) throws {
    try expectTrace(
      of: [
        instruction(.const, 0x0b), instruction(.const, 0x16), instruction(.const, condition), instruction(.select),
        instruction(.drop),
      ],
      """
      0b 00 00 00 commit(+1,sts=1,bt=0)
      16 00 00 00 commit(+1,sts=1,bt=0)
      \(bytes(condition)) commit(+1,sts=1,bt=0)
      \(chosen) commit(-2,sts=1,bt=0)
      commit(-1,sts=0,bt=0)
      """)
  }

  /// A copy of a marked result carries no marks.
  @Test func marksAreNotCopied() throws {
    try expectTrace(
      of: [
        instruction(.const, -1), instruction(.const, 1), instruction(.add), instruction(.localTee, 0),
        instruction(.localGet, 0), instruction(.const, 0), instruction(.select),
      ],
      """
      ff ff ff ff commit(+1,sts=1,bt=0)
      01 00 00 00 commit(+1,sts=1,bt=0)
      00' 00' 00' 00' commit(-1,sts=1,bt=0)
      00 00 00 00 commit(+0,sts=0,bt=0)
      00 00 00 00 commit(+1,sts=1,bt=0)
      00 00 00 00 commit(+1,sts=1,bt=0)
      00 00 00 00 commit(-2,sts=1,bt=0)
      """)
  }

  @Test(arguments: [
    (0x21, "out(!)"), (0x41, "out(A)"), (0x7b, "out({)"), (0x7e, "out(~)"), (0x20, "out(20)"), (0x0a, "out(0a)"),
    (0, "out(00)"), (0x7f, "out(7f)"), (0xff, "out(ff)"), (0x1234_5641, "out(A)"), (-1, "out(ff)"),
  ])
  func outputPrintsTheLowByteAndPops(value: Int, token: String) throws {
    let instructions = [
      instruction(.const, 5), instruction(.const, value), instruction(.output), instruction(.drop),
    ]
    try expectTrace(
      of: instructions,
      """
      05 00 00 00 commit(+1,sts=1,bt=0)
      \(bytes(value)) commit(+1,sts=1,bt=0)
      \(token)
      commit(-1,sts=0,bt=0)
      """)
    let execution = Execution(
      of: try Program(instructions: instructions + [instruction(.halt)]), maximumTokens: 100)
    #expect(execution.output == [UInt8(truncatingIfNeeded: value)])
  }

  /// Two constants, an instruction on both, and a check that one operand is left.
  private func expectResult(
    _ opcode: Opcode, _ first: Int, _ second: Int, _ expected: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try expectTrace(
      of: [instruction(.const, first), instruction(.const, second), instruction(opcode), instruction(.drop)],
      """
      \(bytes(first)) commit(+1,sts=1,bt=0)
      \(bytes(second)) commit(+1,sts=1,bt=0)
      \(expected) commit(-1,sts=1,bt=0)
      commit(-1,sts=0,bt=0)
      """, sourceLocation: sourceLocation)
  }

  /// The four unmarked bytes of a number, lowest first.
  private func bytes(_ value: Int) -> String {
    (0..<4).map { byte in
      let digits = String(value >> (8 * byte) & 0xff, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined(separator: " ")
  }
}
