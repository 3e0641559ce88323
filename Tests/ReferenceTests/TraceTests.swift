import InstructionSet
import Reference
import Testing

@Suite struct TraceTests {
  @Test func isWrittenOneInstructionALine() throws {
    let program = try Program(
      instructions: [instruction(.inputBase, 16), instruction(.const, 0x21), instruction(.output), instruction(.halt)],
      input: Array("a{".utf8))
    let execution = Execution(of: program, maximumTokens: 100)
    let whole = Trace(program.prompt + execution.tokens)
    let generated = """
      21 00 00 00 commit(+1,sts=1,bt=0)
      out(!)
      halt

      """
    #expect(Trace(execution.tokens).text == generated)
    #expect(whole.text == program.text + generated)
    #expect(try Trace(text: whole.text) == whole)
  }

  @Test func cutOffTracesEndTheirLine() {
    #expect(Trace([]).text == "")
    #expect(Trace([.byte(1)]).text == "01\n")
    #expect(Trace([.branchTaken, .byte(1)]).text == "branch_taken 01\n")
    #expect(Trace([.byte(1), .byte(2, marked: true)]).text == "01 02'\n")
  }

  @Test(arguments: [Vocabulary.Mode.universal, .specialized])
  func roundTripsEveryToken(mode: Vocabulary.Mode) throws {
    let trace = Trace(Vocabulary(mode).tokens)
    #expect(try Trace(text: trace.text, mode: mode) == trace)
  }

  @Test func bracketsDependOnTheMachine() throws {
    #expect(try Trace(text: "{ }").tokens == [.programStart, .programEnd])
    #expect(try Trace(text: "{ }", mode: .specialized).tokens == [.character(0x7b), .character(0x7d)])
  }

  @Test func anyWhiteSpaceSeparates() throws {
    #expect(try Trace(text: " \r\n00\t01'\u{a0}halt\n\n").tokens == [.byte(0), .byte(1, marked: true), .halt])
    #expect(try Trace(text: "").tokens == [])
  }

  @Test(arguments: [
    ("00 01\n02 nonsense", Vocabulary.Mode.universal, "line 2: expected a token, found 'nonsense'"),
    ("\r\n\r\n00'' halt", .universal, "line 3: expected a token, found '00'''"),
    ("start", .universal, "line 1: expected a token, found 'start'"),
    ("start\noutput", .specialized, "line 2: expected a token, found 'output'"),
    ("00\u{200b}01", .universal, "line 1: expected a token, found '00\\u{200B}01'"),
    ("\u{212a}", .universal, "line 1: expected a token, found '\\u{212A}'"),
  ])
  func otherWordsAreErrorsWithTheirLine(text: String, mode: Vocabulary.Mode, message: String) {
    let error = #expect(throws: TraceError.self) { try Trace(text: text, mode: mode) }
    #expect(error?.description == message)
  }
}

@Suite struct TraceDifferenceTests {
  private static let trace: [Token] = [.byte(0), .byte(1, marked: true), .halt]

  @Test func equalTracesHaveNone() {
    #expect(TraceDifference.first(expected: Self.trace, found: Self.trace) == nil)
    #expect(TraceDifference.first(expected: [Token](), found: []) == nil)
  }

  @Test(arguments: [
    ([Token.byte(1), .byte(1, marked: true), .halt], "token 0: expected '00', found '01'"),
    ([.byte(0), .byte(1), .halt], "token 1: expected '01'', found '01'"),
    ([.byte(0), .byte(1, marked: true), .output(65)], "token 2: expected 'halt', found 'out(A)'"),
    ([.byte(0), .byte(1, marked: true)], "token 2: expected 'halt', found the end"),
    ([], "token 0: expected '00', found the end"),
    ([.byte(0), .byte(1, marked: true), .halt, .byte(2)], "token 3: expected the end, found '02'"),
  ])
  func theFirstIsReported(found: [Token], description: String) {
    #expect(TraceDifference.first(expected: Self.trace, found: found)?.description == description)
  }
}
