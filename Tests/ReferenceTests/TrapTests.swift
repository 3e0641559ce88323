import InstructionSet
import Reference
import Testing

/// Every way in which an instruction's effect is undefined.
@Suite struct TrapTests {
  @Test(arguments: Opcode.allCases.filter { $0.description.operandCount > 0 })
  func tooFewOperands(opcode: Opcode) throws {
    let needed = opcode.description.operandCount
    let instructions = Array(repeating: instruction(.const, 1), count: needed - 1) + [instruction(opcode)]
    try expectTrap(
      of: instructions,
      "instruction \(needed - 1) (\(opcode.rawValue)): expected \(needed) operands on the stack, found \(needed - 1)")
  }

  @Test(arguments: [
    (Opcode.load, 4), (.load16Signed, 2), (.load16Unsigned, 2), (.load8Signed, 1), (.load8Unsigned, 1),
  ])
  func loadsBeyondMemory(opcode: Opcode, byteCount: Int) throws {
    let last = MachineLimits.memoryBytes - byteCount
    let fits = try Program(instructions: [instruction(.const, last), instruction(opcode), instruction(.halt)])
    #expect(Execution(of: fits, maximumTokens: 100).ending == .halted)
    try expectTrap(
      of: [instruction(.const, last), instruction(opcode, 1)],
      "instruction 1 (\(opcode.rawValue)): expected \(byteCount) bytes below address 67108864, found them at \(last + 1)"
    )
  }

  @Test(arguments: [(Opcode.store, 4), (.store16, 2), (.store8, 1)])
  func storesBeyondMemory(opcode: Opcode, byteCount: Int) throws {
    let last = MachineLimits.memoryBytes - byteCount
    let operands = [instruction(.const, last), instruction(.const, 0)]
    let fits = try Program(instructions: operands + [instruction(opcode), instruction(.halt)])
    #expect(Execution(of: fits, maximumTokens: 100).ending == .halted)
    try expectTrap(
      of: operands + [instruction(opcode, 1)],
      "instruction 2 (\(opcode.rawValue)): expected \(byteCount) bytes below address 67108864, found them at \(last + 1)"
    )
  }

  /// The sum of address and offset has 33 bits.
  @Test func addressesDoNotWrapAround() throws {
    try expectTrap(
      of: [instruction(.const, -4), instruction(.load, 8)],
      "instruction 1 (i32.load): expected 4 bytes below address 67108864, found them at 4294967300")
    try expectTrap(
      of: [instruction(.const, -1), instruction(.const, 0), instruction(.store8, -1)],
      "instruction 2 (i32.store8): expected 1 bytes below address 67108864, found them at 8589934590")
  }

  @Test func inputBeyondMemory() throws {
    let base = MachineLimits.memoryBytes - 2
    try expectTrap(
      of: [instruction(.inputBase, base), instruction(.halt)], input: [1, 2],
      "instruction 0 (input_base): expected 3 bytes below address 67108864, found them at 67108862")
    let fits = try Program(instructions: [instruction(.inputBase, base), instruction(.halt)], input: [1])
    #expect(Execution(of: fits, maximumTokens: 100).ending == .halted)
  }

  @Test(arguments: [Opcode.localGet, .localSet, .localTee])
  func localsBeyondTheProfile(opcode: Opcode) throws {
    try expectTrap(
      of: [instruction(.const, 1), instruction(opcode, 64)],
      "instruction 1 (\(opcode.rawValue)): expected a local below 64, found local 64")
    try expectTrap(
      of: [instruction(.const, 1), instruction(opcode, -1)],
      "instruction 1 (\(opcode.rawValue)): expected a local below 64, found local 4294967295")
  }

  @Test func localsReadBeforeTheyAreWritten() throws {
    try expectTrap(
      of: [instruction(.localGet, 3)],
      "instruction 0 (local.get): local 3 read before it was written at call depth 0")
    try expectTrap(
      of: [
        instruction(.const, 1), instruction(.localSet, 3), instruction(.call, 1), instruction(.halt),
        instruction(.localGet, 3),
      ],
      "instruction 4 (local.get): local 3 read before it was written at call depth 1")
    try expectTrap(
      of: [instruction(.const, 1), instruction(.localSet, 3), instruction(.localGet, 2)],
      "instruction 2 (local.get): local 2 read before it was written at call depth 0")
  }

  @Test func returnsOutsideACall() throws {
    try expectTrap(
      of: [instruction(.return, -1)],
      "instruction 0 (return): expected an open call to return from, found none")
  }

  @Test func callsTooDeep() throws {
    let program = try Program(instructions: [instruction(.call, -1)])
    let execution = Execution(of: program, maximumTokens: .max)
    let trap = ExecutionTrap(.callsTooDeep, index: 0, instruction: instruction(.call, -1))
    #expect(execution.ending == .trapped(trap))
    #expect(execution.instructionCount == MachineLimits.callDepth)
    #expect(trap.description == "instruction 0 (call): expected at most 262143 open calls")
  }

  /// 2²⁴ = 63 · 266305 + 1 pushes, in a loop of 63; their 84 million tokens are too many to keep.
  @Test func stackTooDeep() throws {
    let push = instruction(.const, 1)
    let loop = Array(repeating: push, count: 63) + [instruction(.br, -64)]
    var interpreter = ReferenceInterpreter(try Program(instructions: loop))
    let trap = ExecutionTrap(.stackOverflow, index: 1, instruction: push)
    #expect(throws: trap) { while try interpreter.next() != nil {} }
    #expect(interpreter.instructionCount == MachineLimits.operandDepth + 266_305)
    #expect(trap.description == "instruction 1 (i32.const): expected at most 16777216 operands on the stack")
  }

  @Test(arguments: [
    (Opcode.br, 0, 1), (.br, -2, -1), (.br, Int(Int32.max), 1 << 31), (.br, Int(Int32.min), 1 - 1 << 31),
    (.call, 5, 6), (.globalGet, 0, 1),
  ])
  func goingOnOutsideTheTable(opcode: Opcode, immediate: Int, cursor: Int) throws {
    try expectTrap(
      of: [instruction(opcode, immediate)],
      "instruction 0 (\(opcode.rawValue)): expected to go on at one of the 1 instructions of the table, found \(cursor)"
    )
  }

  @Test func anInputWithoutInstructionsBehindIt() throws {
    try expectTrap(
      of: [instruction(.inputBase)],
      "instruction 0 (input_base): expected to go on at one of the 1 instructions of the table, found 1")
  }

  @Test func inputIsReadOnce() throws {
    try expectTrap(
      of: [instruction(.inputBase), instruction(.br, -2)],
      "instruction 0 (input_base): expected the input to be read once, found a jump to input_base")
  }

  /// The tokens before the trap are emitted, those of its instruction are not, and the trap stays.
  @Test func trapsComeInsteadOfTheirInstructionsTokens() throws {
    let program = try Program(instructions: [instruction(.globalGet), instruction(.add)])
    var interpreter = ReferenceInterpreter(program)
    for word in ["00", "00", "00", "00", "commit(+1,sts=1,bt=0)"] { #expect(try interpreter.next()?.text == word) }
    #expect(interpreter.instructionIndex == 0)
    let trap = ExecutionTrap(.stackUnderflow(needed: 2, depth: 1), index: 1, instruction: instruction(.add))
    for _ in 0..<3 {
      #expect(throws: trap) { try interpreter.next() }
      #expect(interpreter.ending == .trapped(trap))
    }
    #expect(interpreter.instructionIndex == 1)
    #expect(interpreter.tokenCount == 5)
    #expect(interpreter.instructionCount == 1)
    #expect(Execution(of: program, maximumTokens: 100).tokens.count == 5)
  }
}
