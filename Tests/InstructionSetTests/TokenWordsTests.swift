import InstructionSet
import Testing

@Suite struct TokenWordsTests {
  @Test(arguments: [
    ("", []), (" \n\t\r\n", []),
    ("a", ["1:a"]), ("a b\nc", ["1:a", "1:b", "2:c"]),
    ("a\r\nb\rc\n\nd", ["1:a", "2:b", "3:c", "5:d"]), ("a\r", ["1:a"]),
    ("\n\na\u{85}b\u{2028}c", ["3:a", "3:b", "3:c"]),
    ("a\u{0}b\u{200b}c", ["1:a\u{0}b\u{200b}c"]),
    ("e\u{301} \u{301}x\n👩‍👩‍👧", ["1:e\u{301}", "1:\u{301}x", "2:👩‍👩‍👧"]),
  ])
  func areCutAtWhiteSpaceAndCountLines(text: String, words: [String]) {
    #expect(TokenWords(text).map { "\($0.line):\($0.text)" } == words)
  }
}
