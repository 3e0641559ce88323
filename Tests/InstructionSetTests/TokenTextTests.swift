import InstructionSet
import Testing

@Suite struct TokenTextTests {
  @Test(arguments: [
    (Token.byte(0), "00"), (.byte(10), "0a"), (.byte(255), "ff"), (.byte(0, marked: true), "00'"),
    (.byte(255, marked: true), "ff'"), (.character(0x21), "!"), (.character(0x7e), "~"), (.character(0x30), "0"),
    (.commit(+1, stores: true, branch: false), "commit(+1,sts=1,bt=0)"),
    (.commit(+0, stores: false, branch: true), "commit(+0,sts=0,bt=1)"),
    (.commit(-2, stores: true, branch: true), "commit(-2,sts=1,bt=1)"),
    (.branchTaken, "branch_taken"), (.callCommit, "call_commit"), (.returnCommit, "return_commit"),
    (.output(0x21), "out(!)"), (.output(0x7e), "out(~)"), (.output(0x7b), "out({)"), (.output(0x20), "out(20)"),
    (.output(0x0a), "out(0a)"), (.output(0x7f), "out(7f)"), (.output(0xff), "out(ff)"), (.output(0x00), "out(00)"),
    (.halt, "halt"), (.instruction(.inputBase), "input_base"), (.instruction(.load8Signed), "i32.load8_s"),
    (.programStart, "{"), (.programEnd, "}"), (.start, "start"),
  ])
  func isAsDocumented(token: Token, text: String) {
    #expect(token.text == text)
  }

  @Test func inputBytesAreUnmarkedBytesAndCharacters() {
    #expect(Token.byte(7).inputByte == 7)
    #expect(Token.character(0x41).inputByte == 0x41)
    #expect(Token.byte(7, marked: true).inputByte == nil)
    #expect(Token.output(7).inputByte == nil)
    #expect(Token.programStart.inputByte == nil)
  }
}
