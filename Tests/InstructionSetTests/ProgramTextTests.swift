import InstructionSet
import Testing

@Suite struct ProgramTextTests {
  private static let hello = """
    {
    input_base 00 04 00 00
    i32.const 48 00 00 00
    output 00 00 00 00
    br ff ff ff ff
    halt 00 00 00 00
    }
    a 20 7b 7d 00 commit(+0,sts=0,bt=0)

    """

  @Test func isReadAndWrittenAsDocumented() throws {
    let program = try Program(text: Self.hello)
    let expected = [
      Instruction(.inputBase, 1024), Instruction(.const, 72), Instruction(.output),
      Instruction(.br, .max), Instruction(.halt),
    ]
    #expect(program.instructions == expected)
    #expect(program.input == Array("a {}".utf8))
    #expect(program.text == Self.hello)
  }

  @Test(arguments: ["", "!", "{}", "é\u{1}", "halt 00 }"])
  func roundTripsWithAnyInput(input: String) throws {
    let program = try Program(
      instructions: [Instruction(.inputBase, .max), Instruction(.halt)], input: Array(input.utf8))
    #expect(try Program(text: program.text) == program)
  }

  @Test func roundTripsEveryOpcodeWithoutInput() throws {
    let opcodes = Opcode.allCases.filter { $0 != .inputBase }
    let program = try Program(instructions: opcodes.map { Instruction($0, 0x8001_ff0a) })
    #expect(program.text.hasSuffix("}\n"))
    #expect(try Program(text: program.text) == program)
  }

  @Test func bytesOfTheInputMayBeInHexadecimal() throws {
    let program = try Program(text: "{ input_base 00 00 00 00 } 41 B 00 commit(+0,sts=0,bt=0)")
    #expect(program.input == [0x41, 0x42])
  }

  @Test(arguments: [
    "{ halt 00 00 00 00 }", "{\r\nhalt\t00 00\u{a0}00 00\r\n}", "\u{2003}{\u{85}halt 00 00 00 00 }",
  ])
  func anyWhiteSpaceSeparatesTokens(text: String) throws {
    #expect(try Program(text: text).instructions == [Instruction(.halt)])
  }
}

/// The line and the message of each way in which a text can be wrong.
@Suite struct ProgramTextErrorTests {
  @Test(arguments: [
    ("", "line 1: expected '{', found the end of the text"),
    ("\n \n", "line 1: expected '{', found the end of the text"),
    ("\n\nhalt 00 00 00 00 }", "line 3: expected '{', found 'halt'"),
    ("{halt 00 00 00 00\n}", "line 1: expected '{', found '{halt'"),
    ("{\n}\n", "line 2: the program has no instructions"),
    ("{\nhalt 00 00 00 00\n", "line 2: expected an instruction or '}', found the end of the text"),
    ("{\nhalt 00 00 00\n}", "line 3: expected a byte of the immediate, found '}'"),
    ("{\nhalt 00 00", "line 2: expected a byte of the immediate, found the end of the text"),
    ("{\nhalt 00 00 00 00'\n}", "line 2: expected a byte of the immediate, found '00''"),
    ("{\nhalt 00 00 00 A\n}", "line 2: expected a byte of the immediate, found 'A'"),
    ("{\nhalt 00 00 00 00 00\n}", "line 2: expected an instruction or '}', found '00'"),
    ("{\nhalt 00 00 00 00\ni32.mul 00 00 00 00\n}", "line 3: unknown token 'i32.mul'"),
    ("{\nhalt 00 00 00 0g\n}", "line 2: unknown token '0g'"),
    ("{\nhalt 00 00 00 00\n}\n}\n", "line 4: expected the end of the text, found '}'"),
    ("{\nhalt 00 00 00 00\n}\nA 00 commit(+0,sts=0,bt=0)", "line 4: expected the end of the text, found 'A'"),
    ("{\nhalt 00 00 00 00\n}\nhello", "line 4: expected the end of the text, found 'hello'"),
    (
      "{\nhalt 00 00 00 00\ninput_base 00 00 00 00\n}",
      "line 3: instruction 1 is input_base, which only instruction 0 may be"
    ),
    (
      "{\ninput_base 00 00 00 00\n}\n",
      "line 3: expected a byte of the input or its final 00, found the end of the text"
    ),
    (
      "{\ninput_base 00 00 00 00\n}\nA",
      "line 4: expected a byte of the input or its final 00, found the end of the text"
    ),
    (
      "{\ninput_base 00 00 00 00\n}\ncommit(+0,sts=0,bt=0)",
      "line 4: expected a byte of the input or its final 00, found 'commit(+0,sts=0,bt=0)'"
    ),
    (
      "{\ninput_base 00 00 00 00\n}\n{ 00 commit(+0,sts=0,bt=0)",
      "line 4: expected a byte of the input or its final 00, found '{'"
    ),
    (
      "{\ninput_base 00 00 00 00\n}\nA 00",
      "line 4: expected 'commit(+0,sts=0,bt=0)', found the end of the text"
    ),
    (
      "{\ninput_base 00 00 00 00\n}\nA 00\nB",
      "line 5: expected 'commit(+0,sts=0,bt=0)', found 'B'"
    ),
    (
      "{\ninput_base 00 00 00 00\n}\n00 commit(+0,sts=0,bt=0)\n\nA",
      "line 6: expected the end of the text, found 'A'"
    ),
    ("{\nhalt 00 00 00 \u{212a}\n}", "line 2: unknown token '\\u{212A}'"),
    ("\u{feff}{\nhalt 00 00 00 00\n}", "line 1: expected '{', found '\\u{FEFF}{'"),
  ])
  func namesLineAndExpectation(text: String, message: String) {
    let error = #expect(throws: ProgramError.self) { try Program(text: text) }
    #expect(error?.description == message)
  }

  @Test func longWordsAreCutInMessages() {
    let error = #expect(throws: ProgramError.self) { try Program(text: "{ " + String(repeating: "x", count: 41)) }
    #expect(error?.description == "line 1: unknown token '" + String(repeating: "x", count: 40) + "…'")
  }

  @Test func mutatedTextsAreReadOrRefused() throws {
    let seed: UInt64 = 0x2545_f491_4f6c_dd1d
    var state = seed
    let valid = Array(
      "{\ninput_base 00 04 00 00\nbr_if fe ff ff ff\nhalt 00 00 00 00\n}\na { 00 commit(+0,sts=0,bt=0)\n".utf8)
    var accepted = 0
    for round in 0..<2_000 {
      var bytes = valid
      for _ in 0...(round % 3) {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let place = Int(state >> 33) % bytes.count
        switch state >> 30 & 3 {
        case 0: bytes.remove(at: place)
        case 1: bytes.insert(bytes[Int(state >> 40) % bytes.count], at: place)
        default: bytes[place] = UInt8(truncatingIfNeeded: state >> 50)
        }
      }
      guard let program = try? Program(text: String(decoding: bytes, as: UTF8.self)) else { continue }
      accepted += 1
      let again = try Program(text: program.text)
      #expect(again == program, "seed \(seed), round \(round)")
    }
    #expect(accepted > 0 && accepted < 2_000, "seed \(seed)")
  }
}
