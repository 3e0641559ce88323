import InstructionSet
import Testing

@Suite struct FullVocabularyTests {
  private let vocabulary = FullVocabulary()

  @Test func everyTokenIsFoundByItselfAndByItsText() {
    for (id, token) in vocabulary.tokens.enumerated() {
      #expect(vocabulary.id(of: token) == id)
      #expect(vocabulary.token(token.text) == token, "\(token.text)")
    }
  }

  @Test func textsHaveNoWhiteSpace() {
    #expect(vocabulary.tokens.allSatisfy { token in token.text.utf8.allSatisfy { (0x21...0x7e).contains($0) } })
  }

  @Test func everyOpcodeEndsWithATokenOfTheVocabulary() {
    for opcode in FullOpcode.allCases {
      switch opcode.description.ending {
      case .last(let ending): #expect(FullToken.lastBytes.contains(ending), "\(opcode.rawValue)")
      case .event(let event): #expect(FullToken.events.contains(event), "\(opcode.rawValue)")
      case .numbered: break
      }
    }
  }

  @Test func unknownTokensHaveNoID() {
    #expect(vocabulary.id(of: .event(.pop(0))) == nil)
    #expect(vocabulary.id(of: .last(0, .push(.word, +1))) == nil)
    #expect(vocabulary.token("0") == nil)
    #expect(vocabulary.token("") == nil)
  }
}

@Suite struct FullProgramTests {
  @Test func programsThatCannotRunAreRefused() {
    let halt = FullInstruction(.halt)
    func error(_ instructions: [FullInstruction], entry: Int = 1, wide: [UInt64] = []) -> FullProgramError.Kind? {
      do {
        _ = try FullProgram(instructions: instructions, wideConstants: wide, entry: entry)
        return nil
      } catch {
        return error.kind
      }
    }
    #expect(error([]) == .firstIsNotHalt)
    #expect(error([.init(.const)]) == .firstIsNotHalt)
    #expect(error([halt]) == .noSuchEntry(1))
    #expect(error([halt, halt], entry: 2) == .noSuchEntry(2))
    #expect(error([halt], entry: 0) == nil)
    #expect(error([halt, .init(.wideConst, 1)], wide: [7]) == .immediateOutOfRange(.init(.wideConst, 1), 0..<1))
    #expect(error([halt, .init(.pop, 0)]) == .immediateOutOfRange(.init(.pop, 0), 1..<65))
    #expect(error([halt, .init(.br, 65536)]) == .immediateOutOfRange(.init(.br, 65536), 0..<65536))
    #expect(error(Array(repeating: halt, count: 65537)) == .tooManyInstructions(count: 65537))
    #expect(error(Array(repeating: halt, count: 65536)) == nil)
  }

  @Test func thePromptIsAsThePositionsSay() throws {
    let program = try FullProgram(
      instructions: [.init(.halt), .init(.wideConst, 1), .init(.trap, 2)], wideConstants: [0, 0x1122],
      data: [MemorySegment(address: 0x0102_0304, bytes: [9])], entry: 0x1)
    let prompt = program.prompt
    #expect(prompt.first == .programStart)
    #expect(prompt[1 + 4 * 200] == .byte(200))
    for (index, instruction) in program.instructions.enumerated() {
      #expect(prompt[FullProgram.position(ofInstruction: index)] == .instruction(instruction.opcode))
    }
    let place = FullProgram.position(ofInstruction: 1)
    let address = (0..<4).reduce(0) { sum, byte -> Int in
      guard case .byte(let value, marked: false) = prompt[place + 1 + byte] else { return -1 }
      return sum + Int(value) << (8 * byte)
    }
    #expect(Array(prompt[address...address + 1]) == [.byte(0x22), .byte(0x11)])
    #expect(
      Array(prompt.suffix(7)) == [
        .byte(4), .byte(3), .byte(2), .dataAddress(1), .data(9), .byte(1), .last(0, .jump(0)),
      ])
  }
}
