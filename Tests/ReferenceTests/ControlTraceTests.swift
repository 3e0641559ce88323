import InstructionSet
import Reference
import Testing

/// The tokens of jumps, calls and returns.
@Suite struct ControlTraceTests {
  @Test func haltIsOneToken() throws {
    try expectTrace(of: [], "")
  }

  @Test func branchForwardSkipsInstructions() throws {
    try expectTrace(
      of: [instruction(.br, 1), instruction(.const, 1), instruction(.const, 2)],
      """
      branch_taken 01 00 00 00 commit(+0,sts=0,bt=1)
      02 00 00 00 commit(+1,sts=1,bt=0)
      """)
  }

  @Test func branchToTheNextInstructionIsStillTaken() throws {
    try expectTrace(of: [instruction(.br, 0)], "branch_taken 00 00 00 00 commit(+0,sts=0,bt=1)")
  }

  /// To the end, back to the constant, past the branch back.
  @Test func branchBackward() throws {
    try expectTrace(
      of: [instruction(.br, 2), instruction(.const, 7), instruction(.br, 1), instruction(.br, -3)],
      """
      branch_taken 02 00 00 00 commit(+0,sts=0,bt=1)
      branch_taken fd ff ff ff commit(+0,sts=0,bt=1)
      07 00 00 00 commit(+1,sts=1,bt=0)
      branch_taken 01 00 00 00 commit(+0,sts=0,bt=1)
      """)
  }

  @Test func branchIfNotTakenIsACommitAlone() throws {
    try expectTrace(
      of: [instruction(.const, 0), instruction(.brIf, 1), instruction(.const, 3)],
      """
      00 00 00 00 commit(+1,sts=1,bt=0)
      commit(-1,sts=0,bt=0)
      03 00 00 00 commit(+1,sts=1,bt=0)
      """)
  }

  @Test(arguments: [(1, "01 00 00 00"), (0x100, "00 01 00 00"), (0x8000_0000, "00 00 00 80")])
  func branchIfTaken(condition: Int, bytes: String) throws {
    try expectTrace(
      of: [instruction(.const, condition), instruction(.brIf, 1), instruction(.const, 3)],
      """
      \(bytes) commit(+1,sts=1,bt=0)
      branch_taken 01 00 00 00 commit(-1,sts=0,bt=1)
      """)
  }

  @Test func aLoopCountsDown() throws {
    try expectTrace(
      of: [
        instruction(.const, 2), instruction(.localSet, 0),
        instruction(.localGet, 0), instruction(.const, 1), instruction(.sub), instruction(.localTee, 0),
        instruction(.brIf, -5),
      ],
      """
      02 00 00 00 commit(+1,sts=1,bt=0)
      02 00 00 00 commit(-1,sts=0,bt=0)
      02 00 00 00 commit(+1,sts=1,bt=0)
      01 00 00 00 commit(+1,sts=1,bt=0)
      01 00 00 00 commit(-1,sts=1,bt=0)
      01 00 00 00 commit(+0,sts=0,bt=0)
      branch_taken fb ff ff ff commit(-1,sts=0,bt=1)
      01 00 00 00 commit(+1,sts=1,bt=0)
      01 00 00 00 commit(+1,sts=1,bt=0)
      00 00 00 00 commit(-1,sts=1,bt=0)
      00 00 00 00 commit(+0,sts=0,bt=0)
      commit(-1,sts=0,bt=0)
      """)
  }

  /// The function stands at instruction 3: call 1 → 3 has offset 1, its return at 5 has immediate ~2 = −3; −3 − 1 = −4.
  @Test func returnGoesBehindTheCall() throws {
    let program = try Program(instructions: [
      instruction(.const, 5), instruction(.call, 1), instruction(.halt),
      instruction(.localSet, 0), instruction(.localGet, 0), instruction(.return, -3),
    ])
    let expected = """
      05 00 00 00 commit(+1,sts=1,bt=0)
      branch_taken 01 00 00 00 call_commit
      05 00 00 00 commit(-1,sts=0,bt=0)
      05 00 00 00 commit(+1,sts=1,bt=0)
      branch_taken fc ff ff ff return_commit
      halt

      """
    #expect(Trace(Execution(of: program, maximumTokens: 100).tokens).text == expected)
  }

  /// A function before its call: −2 − (−3) = 1 leads forward.
  @Test func returnFromAnEarlierFunction() throws {
    let program = try Program(instructions: [
      instruction(.br, 2),
      instruction(.globalGet, 0), instruction(.return, -2),
      instruction(.call, -3), instruction(.halt),
    ])
    let expected = """
      branch_taken 02 00 00 00 commit(+0,sts=0,bt=1)
      branch_taken fd ff ff ff call_commit
      00 00 00 00 commit(+1,sts=1,bt=0)
      branch_taken 01 00 00 00 return_commit
      halt

      """
    #expect(Trace(Execution(of: program, maximumTokens: 100).tokens).text == expected)
  }

  /// ~2 − 255: the lowest byte, fd − ff, borrows from the next one.
  @Test func returnMarksItsBorrows() throws {
    var instructions = [instruction(.call, 0xff), instruction(.halt)]
    instructions += Array(repeating: instruction(.halt), count: 0xfe)
    instructions += Array(repeating: instruction(.globalGet), count: 2) + [instruction(.return, ~2)]
    let tokens = Execution(of: try Program(instructions: instructions), maximumTokens: 100).tokens
    let expected = """
      branch_taken ff 00 00 00 call_commit
      00 00 00 00 commit(+1,sts=1,bt=0)
      00 00 00 00 commit(+1,sts=1,bt=0)
      branch_taken fe' fe ff ff return_commit
      halt

      """
    #expect(Trace(tokens).text == expected)
  }

  /// main calls f at depth 1, f calls g at depth 2; each has its own local 0.
  @Test func localsBelongToACallDepth() throws {
    let program = try Program(instructions: [
      instruction(.const, 1), instruction(.localSet, 0),
      instruction(.call, 2), instruction(.localGet, 0), instruction(.halt),
      // f: 5
      instruction(.const, 2), instruction(.localSet, 0), instruction(.call, 2), instruction(.localGet, 0),
      instruction(.return, ~4),
      // g: 10
      instruction(.const, 3), instruction(.localSet, 0), instruction(.localGet, 0), instruction(.return, ~3),
    ])
    let expected = """
      01 00 00 00 commit(+1,sts=1,bt=0)
      01 00 00 00 commit(-1,sts=0,bt=0)
      branch_taken 02 00 00 00 call_commit
      02 00 00 00 commit(+1,sts=1,bt=0)
      02 00 00 00 commit(-1,sts=0,bt=0)
      branch_taken 02 00 00 00 call_commit
      03 00 00 00 commit(+1,sts=1,bt=0)
      03 00 00 00 commit(-1,sts=0,bt=0)
      03 00 00 00 commit(+1,sts=1,bt=0)
      branch_taken fa ff ff ff return_commit
      02 00 00 00 commit(+1,sts=1,bt=0)
      branch_taken f9 ff ff ff return_commit
      01 00 00 00 commit(+1,sts=1,bt=0)
      halt

      """
    #expect(Trace(Execution(of: program, maximumTokens: 100).tokens).text == expected)
  }

  /// As in the machine, a local is found that an earlier call at this depth left.
  @Test func aLaterCallAtTheSameDepthFindsAnEarlierWrite() throws {
    let program = try Program(instructions: [
      instruction(.call, 2), instruction(.call, 4), instruction(.halt),
      instruction(.const, 0x77), instruction(.localSet, 9), instruction(.return, ~2),
      instruction(.localGet, 9), instruction(.return, ~1),
    ])
    let text = Trace(Execution(of: program, maximumTokens: 100).tokens).text
    #expect(text.hasSuffix("77 00 00 00 commit(+1,sts=1,bt=0)\nbranch_taken fa ff ff ff return_commit\nhalt\n"))
  }

  /// sum(n) = n + sum(n − 1), with n kept in a local across the recursive call.
  @Test(arguments: [0, 1, 2, 400, 3_000])
  func recursionKeepsTheLocalsOfEachCall(depth: Int) throws {
    let program = try Program(instructions: [
      instruction(.const, depth), instruction(.call, 2), instruction(.output), instruction(.halt),
      // sum: 4
      instruction(.localTee, 0), instruction(.brIf, 2), instruction(.const, 0), instruction(.return, ~3),
      instruction(.localGet, 0), instruction(.const, 1), instruction(.sub), instruction(.call, -8),
      instruction(.localGet, 0), instruction(.add), instruction(.return, ~10),
    ])
    let execution = Execution(of: program, maximumTokens: 1_000_000)
    #expect(execution.ending == .halted)
    #expect(execution.output == [UInt8(truncatingIfNeeded: depth * (depth + 1) / 2)])
    #expect(execution.instructionCount == 4 + 4 + depth * 9)
  }
}
