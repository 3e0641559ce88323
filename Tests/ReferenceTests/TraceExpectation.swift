import InstructionSet
import Reference
import Testing

/// Tests write programs and traces in their text form, as literally as DESIGN's rules give them.
func program(_ text: String) throws -> Program {
  try Program(text: text)
}

/// An instruction with a signed immediate.
func instruction(_ opcode: Opcode, _ immediate: Int = 0) -> Instruction {
  Instruction(opcode, UInt32(truncatingIfNeeded: immediate))
}

/// Runs the instructions, followed by `halt`, and compares the whole trace but for its final `halt`.
func expectTrace(
  of instructions: [Instruction], input: [UInt8]? = nil, _ expected: String,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let program = try Program(instructions: instructions + [instruction(.halt)], input: input)
  let execution = Execution(of: program, maximumTokens: 10_000)
  let words = expected.split(whereSeparator: \.isWhitespace).map(String.init) + ["halt"]
  #expect(execution.tokens.map(\.text) == words, sourceLocation: sourceLocation)
  #expect(execution.ending == .halted, sourceLocation: sourceLocation)
}

/// Runs the instructions as they are and expects a trap at one of them.
func expectTrap(
  of instructions: [Instruction], input: [UInt8]? = nil, _ description: String,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let program = try Program(instructions: instructions, input: input)
  guard case .trapped(let trap) = Execution(of: program, maximumTokens: 10_000).ending else {
    Issue.record("expected a trap: \(description)", sourceLocation: sourceLocation)
    return
  }
  #expect(trap.description == description, sourceLocation: sourceLocation)
}
