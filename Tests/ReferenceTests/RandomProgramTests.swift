import InstructionSet
import ProgramGenerator
import Reference
import Testing

/// The generator keeps its promises, as the interpreter sees them.
@Suite struct RandomProgramTests {
  private static let seeds: ClosedRange<UInt64> = 0...999

  @Test(arguments: [50, 300, 2_000])
  func programsHaltWithinTheirBudget(maximumInstructions: Int) throws {
    for seed in Self.seeds {
      let program = try RandomProgram.make(seed: seed, maximumInstructions: maximumInstructions)
      let execution = Execution(of: program, maximumTokens: 10 * maximumInstructions)
      #expect(execution.ending == .halted, "seed \(seed)")
      #expect(execution.instructionCount <= maximumInstructions, "seed \(seed)")
      #expect(program.instructions.count < 700, "seed \(seed)")
    }
  }

  @Test func aSeedIsAProgram() throws {
    let programs = try Self.seeds.map { try RandomProgram.make(seed: $0) }
    #expect(try Self.seeds.map { try RandomProgram.make(seed: $0) } == programs)
    #expect(Set(programs).count == programs.count)
  }

  @Test func textsRoundTrip() throws {
    for seed in Self.seeds.prefix(100) {
      let program = try RandomProgram.make(seed: seed)
      #expect(try Program(text: program.text) == program, "seed \(seed)")
    }
  }

  /// Two hundred programs execute every opcode, recur, go around loops, and emit every kind of token.
  @Test func twoHundredProgramsUseEverything() throws {
    var tokens: Set<Token> = []
    var opcodes: Set<Opcode> = []
    var deepest = 0
    var executed: [Int] = []
    for seed in Self.seeds.prefix(200) {
      let program = try RandomProgram.make(seed: seed)
      if program.input != nil { opcodes.insert(.inputBase) }
      var interpreter = ReferenceInterpreter(program)
      var depth = 0
      while let token = try interpreter.next() {
        tokens.insert(token)
        opcodes.insert(program.instructions[interpreter.instructionIndex].opcode)
        if token == .callCommit { depth += 1 }
        if token == .returnCommit { depth -= 1 }
        deepest = max(deepest, depth)
      }
      executed.append(interpreter.instructionCount)
    }
    #expect(opcodes == Set(Opcode.allCases))
    #expect((UInt8.min...UInt8.max).allSatisfy { tokens.contains(.byte($0)) })
    let endings: [Token] =
      Token.commitForms.map { .commit($0.stackEffect, stores: $0.stores, branch: false) }
      + [.commit(+0, stores: false, branch: true), .commit(-1, stores: false, branch: true)]
      + [.branchTaken, .callCommit, .returnCommit, .halt, .byte(0xff, marked: true), .byte(0, marked: true)]
    for ending in endings { #expect(tokens.contains(ending), "\(ending.text)") }
    #expect(deepest >= 5)
    #expect(executed.sorted()[100] >= 150, "half of the programs execute fewer instructions")
  }
}
