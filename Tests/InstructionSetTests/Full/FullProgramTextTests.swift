import InstructionSet
import Testing

@Suite struct FullProgramTextTests {
  private static func program() throws -> FullProgram {
    try FullProgram(
      instructions: [
        .init(.halt), .init(.const, 0x1234_5678), .init(.wideConst, 1), .init(.wrap), .init(.trap, 3), .init(.pop, 64),
      ],
      wideConstants: [1, .max],
      data: [MemorySegment(address: 0x10203, bytes: [1, 2, 3]), MemorySegment(address: 7, bytes: Array(0...40))],
      entry: 2)
  }

  @Test func aProgramSurvivesItsText() throws {
    let program = try Self.program()
    #expect(try FullProgram(text: program.text) == program)
    #expect(try FullProgram(text: program.text.replacing("\n", with: "  ")) == program)
    let least = try FullProgram(instructions: [.init(.halt), .init(.halt)])
    #expect(try FullProgram(text: least.text) == least)
    #expect(FullProgram.isBegun(by: least.text))
    #expect(!FullProgram.isBegun(by: "{ i32.const 00 00 00 00"))
  }

  @Test func theTextIsThePrompt() throws {
    let program = try Self.program()
    #expect(program.text.split(whereSeparator: \.isWhitespace).map(String.init) == program.prompt.map(\.text))
    #expect(program.text.contains("\n@i32.const 78 56 34 12\n"))
  }

  /// Each change of one word, and every text that ends early, is refused with a line or read as another program.
  @Test func damagedTextsAreRefused() throws {
    let words = try Self.program().text.split(whereSeparator: \.isWhitespace).map(String.init)
    let interesting = Array(0..<3) + Array(1020..<words.count)
    for place in interesting {
      #expect(throws: ProgramError.self, "end at \(place)") {
        try FullProgram(text: words[..<place].joined(separator: " "))
      }
      for replacement in ["@i32.add", "}", "{", "xx", "00:jump(0)", "00:at", "00:data", "0\u{301}0", ""] {
        var damaged = words
        damaged[place] = replacement
        _ = try? FullProgram(text: damaged.joined(separator: "\n"))
      }
    }
  }

  @Test(arguments: [
    ("", "line 1: expected '{', found the end of the text"),
    ("{ 01", "line 1: expected '00', found '01'"),
    ("{\nxx", "line 2: unknown token 'xx'"),
  ])
  func messagesNameTheLine(_ text: String, _ message: String) {
    let error = #expect(throws: ProgramError.self) { try FullProgram(text: text) }
    #expect(error?.description == message)
  }

  @Test func whatIsNoProgramIsNamed() throws {
    let text = try Self.program().text.replacing("@halt", with: "@i32.add")
    let error = #expect(throws: ProgramError.self) { try FullProgram(text: text) }
    #expect(error?.description == "instruction 0: expected halt, to which the outermost function returns")
  }

  @Test func theSpecializedVocabularyHasNoOpcodes() {
    let (universal, specialized) = (FullVocabulary(), FullVocabulary(.specialized))
    #expect(specialized.tokens.count == universal.tokens.count - FullOpcode.allCases.count)
    #expect(specialized.tokens == universal.tokens.filter { if case .instruction = $0 { false } else { true } })
    #expect(specialized.id(of: .instruction(.halt)) == nil)
  }
}
