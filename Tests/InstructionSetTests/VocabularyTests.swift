import InstructionSet
import Testing

@Suite struct VocabularyTests {
  @Test(arguments: [(Vocabulary.Mode.universal, 915), (.specialized, 881)])
  func hasAsManyTokensAsTheModel(mode: Vocabulary.Mode, count: Int) {
    #expect(Vocabulary(mode).tokens.count == count)
  }

  @Test(arguments: [Vocabulary.Mode.universal, .specialized])
  func everyTokenIsFoundByItsTextAndId(mode: Vocabulary.Mode) {
    let vocabulary = Vocabulary(mode)
    for (id, token) in vocabulary.tokens.enumerated() {
      #expect(vocabulary.token(token.text) == token)
      #expect(vocabulary.id(of: token) == id)
    }
    #expect(Set(vocabulary.tokens.map(\.text)).count == vocabulary.tokens.count)
    #expect(vocabulary.tokens[vocabulary.haltID] == .halt)
  }

  @Test func noTextHoldsWhiteSpace() {
    for token in Vocabulary(.universal).tokens + Vocabulary(.specialized).tokens {
      #expect(!token.text.isEmpty)
      #expect(token.text.utf8.allSatisfy { (0x21...0x7e).contains($0) })
    }
  }

  @Test func bracketsAreCharactersOnlyForTheSpecializedMachine() {
    let universal = Vocabulary(.universal)
    #expect(universal.token("{") == .programStart)
    #expect(universal.token("}") == .programEnd)
    #expect(universal.id(of: .character(0x7b)) == nil)
    #expect(universal.id(of: .character(0x7d)) == nil)
    let specialized = Vocabulary(.specialized)
    #expect(specialized.token("{") == .character(0x7b))
    #expect(specialized.token("}") == .character(0x7d))
    #expect(specialized.id(of: .programStart) == nil)
    #expect(specialized.id(of: .programEnd) == nil)
  }

  @Test func onlyTheUniversalMachineHasInstructions() {
    let universal = Vocabulary(.universal)
    let specialized = Vocabulary(.specialized)
    for opcode in Opcode.allCases {
      #expect(universal.id(of: .instruction(opcode)) != nil)
      #expect((specialized.id(of: .instruction(opcode)) != nil) == (opcode == .halt))
    }
    #expect(universal.id(of: .start) == nil)
    #expect(specialized.id(of: .start) != nil)
  }

  @Test(arguments: [
    "", "00 ", "000", "0'", "FF", "ff''", "'00", "é", "out()", "out( )", "out(a", "out(0a)'", "out(21)", "halt'",
    "Halt",
    "commit(+1,sts=0,bt=0)", "commit(0,sts=1,bt=0)", "commit(+0,sts=2,bt=0)", "commit(-3,sts=0,bt=0)", "i32.mul",
  ])
  func otherWordsAreNoTokens(word: String) {
    #expect(Vocabulary(.universal).token(word) == nil)
    #expect(Vocabulary(.specialized).token(word) == nil)
  }

  /// Swift compares strings by canonical equivalence, by which these are equal to an ASCII character's text.
  @Test(arguments: ["\u{212a}", "\u{37e}", "\u{1fef}", "out(\u{212a})"])
  func lookalikesAreNoTokens(word: String) {
    #expect(Vocabulary(.universal).token(word) == nil)
    #expect(Vocabulary(.specialized).token(word) == nil)
  }
}
