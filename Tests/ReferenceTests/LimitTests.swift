import InstructionSet
import Reference
import Testing

@Suite struct LimitTests {
  private static let instructions = [
    instruction(.const, 0x41), instruction(.output), instruction(.br, 0), instruction(.halt),
  ]

  /// The whole trace has 13 tokens.
  @Test(arguments: 0...15)
  func tracesAreCutOffAtTheLimit(limit: Int) throws {
    let program = try Program(instructions: Self.instructions)
    let whole = Execution(of: program, maximumTokens: 1_000)
    #expect(whole.tokens.count == 13)
    #expect(whole.instructionCount == 4)
    let execution = Execution(of: program, maximumTokens: limit)
    #expect(execution.tokens == Array(whole.tokens.prefix(limit)))
    #expect(execution.ending == (limit < 13 ? .tokenLimit : .halted))
    #expect(execution.output == (limit < 6 ? [] : [0x41]))
    let begun = limit == 0 ? 0 : limit <= 5 ? 1 : limit == 6 ? 2 : limit <= 12 ? 3 : 4
    #expect(execution.instructionCount == begun)
  }

  @Test func nothingComesBehindTheEnd() throws {
    var interpreter = ReferenceInterpreter(try Program(instructions: [instruction(.halt)]))
    #expect(interpreter.ending == nil)
    #expect(try interpreter.next() == .halt)
    #expect(interpreter.ending == .halted)
    #expect(try interpreter.next() == nil)
    #expect(interpreter.tokenCount == 1)
    #expect(interpreter.instructionCount == 1)
  }

  @Test func negativeLimitsAreZero() throws {
    let execution = Execution(of: try Program(instructions: Self.instructions), maximumTokens: -1)
    #expect(execution.tokens.isEmpty)
    #expect(execution.ending == .tokenLimit)
  }

  @Test func endlessLoopsEndAtTheLimit() throws {
    let execution = Execution(of: try Program(instructions: [instruction(.br, -1)]), maximumTokens: 1_000)
    #expect(execution.tokens.count == 1_000)
    #expect(execution.ending == .tokenLimit)
    #expect(execution.instructionCount == 167)
  }

  /// An interpreter is a value: a copy goes on by itself.
  @Test func copiesAreIndependent() throws {
    var first = ReferenceInterpreter(try Program(instructions: Self.instructions))
    _ = try first.next()
    var second = first
    while try first.next() != nil {}
    #expect(second.tokenCount == 1)
    #expect(second.output.isEmpty)
    while try second.next() != nil {}
    #expect(second.tokenCount == 13)
  }
}
