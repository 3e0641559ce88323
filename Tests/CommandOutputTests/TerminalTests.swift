import CommandOutput
import Testing

@Suite struct TerminalTests {
  @Test func noTextGivesTheTerminalOrders() {
    #expect(Terminal.withoutControls("a\tb\nc\u{1B}[2Jd\u{9B}e\r") == "a\tb\nc\u{FFFD}[2Jd\u{FFFD}e\u{FFFD}")
    #expect(Terminal.withoutControls("ünïcödé 🙂") == "ünïcödé 🙂")
  }

  @Test func jsonIsOneLineWithKeysInOrder() throws {
    #expect(try JSONLine.encode(["b": "x/y\n", "a": "ä"]) == #"{"a":"ä","b":"x/y\n"}"#)
  }
}
