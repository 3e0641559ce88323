import InstructionSet
import Testing

@Suite struct ProgramTests {
  private static let reader = [Instruction(.inputBase, 0x400), Instruction(.halt)]
  private static let plain = [Instruction(.const, 0x1fe), Instruction(.halt)]

  private static func words(_ tokens: [Token]) -> String {
    tokens.map(\.text).joined(separator: " ")
  }

  @Test func promptOfAProgramWithoutInput() throws {
    let program = try Program(instructions: Self.plain)
    #expect(program.input == nil)
    #expect(Self.words(program.prompt) == "{ i32.const fe 01 00 00 halt 00 00 00 00 }")
    #expect(Self.words(program.specializedPrompt) == "start commit(+0,sts=0,bt=0)")
  }

  @Test func promptOfAProgramWithInput() throws {
    let program = try Program(instructions: Self.reader, input: Array("a {}\u{7f}é!".utf8))
    let input = "a 20 7b 7d 7f c3 a9 ! 00 commit(+0,sts=0,bt=0)"
    #expect(Self.words(program.prompt) == "{ input_base 00 04 00 00 halt 00 00 00 00 } " + input)
    #expect(Self.words(program.specializedPrompt) == "start " + input)
  }

  @Test func aReaderWithoutInputReadsTheEmptyOne() throws {
    let program = try Program(instructions: Self.reader)
    #expect(program.input == [])
    #expect(Self.words(program.specializedPrompt) == "start 00 commit(+0,sts=0,bt=0)")
  }

  @Test func anotherInputKeepsTheInstructions() throws {
    let program = try Program(instructions: Self.reader, input: [1]).with(input: [2, 255])
    #expect(program.instructions == Self.reader)
    #expect(program.input == [2, 255])
  }

  @Test func everyInputByteButZeroIsAToken() throws {
    let bytes = (1...255).map { UInt8($0) }
    let program = try Program(instructions: Self.reader, input: bytes)
    for vocabulary in [Vocabulary(.universal), Vocabulary(.specialized)] {
      let prompt = vocabulary.mode == .universal ? program.prompt : program.specializedPrompt
      #expect(prompt.allSatisfy { vocabulary.id(of: $0) != nil })
      #expect(prompt.suffix(257).prefix(255).map(\.inputByte) == bytes)
    }
  }

  @Test func refusesWhatIsNoProgram() {
    #expect(throws: ProgramError(.noInstructions)) { try Program(instructions: []) }
    #expect(throws: ProgramError(.misplacedInputBase(instruction: 2))) {
      try Program(instructions: Self.plain + [Instruction(.inputBase)])
    }
    #expect(throws: ProgramError(.misplacedInputBase(instruction: 1))) {
      try Program(instructions: [Instruction(.inputBase), Instruction(.inputBase)])
    }
    #expect(throws: ProgramError(.unexpectedInput)) { try Program(instructions: Self.plain, input: [65]) }
    #expect(throws: ProgramError(.zeroByteInInput(offset: 1))) {
      try Program(instructions: Self.reader, input: [65, 0, 66])
    }
    #expect(throws: ProgramError(.zeroByteInInput(offset: 0))) {
      try Program(instructions: Self.reader).with(input: [0])
    }
  }
}
