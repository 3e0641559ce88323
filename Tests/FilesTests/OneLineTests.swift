import Files
import Testing

@Suite struct OneLineTests {
  @Test(arguments: ["", "plain", "ä e\u{301} \u{1f600}", "'quoted' \\n"])
  func whatIsOneLineStaysAsItIs(_ text: String) {
    #expect(Array(text.oneLine.utf8) == Array(text.utf8))
  }

  /// All that the standard of Unicode breaks lines at, and what terminals take for orders.
  @Test(arguments: [
    ("a\nb", "a\\nb"), ("\r\n", "\\r\\n"), ("\u{1b}[2J", "\\u{1B}[2J"), ("\u{7}", "\\u{07}"), ("\0", "\\0"),
    ("\u{85}", "\\u{0085}"), ("\u{2028}", "\\u{2028}"), ("\u{2029}", "\\u{2029}"), ("\u{7f}ä", "\\u{7F}ä"),
  ])
  func whatBreaksALineIsEscaped(_ text: String, _ expected: String) {
    #expect(text.oneLine == expected)
  }
}
