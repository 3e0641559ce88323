import RandomNumbers
import Serving
import TestSupport
import Testing

@Suite struct StopStringTests {
  /// What is returned of pieces, and what ended them.
  private func run(_ pieces: [String], _ strings: [String]) -> (text: String, found: String?) {
    var finder = StopStringFinder(strings)
    let text = pieces.map { finder.append($0) }.joined()
    return (text + finder.finish(), finder.found)
  }

  /// The text before the string that is complete first; of those complete at the same place, before the longest.
  private func expected(_ text: String, _ strings: [String]) -> (text: String, found: String?) {
    let bytes = Array(text.utf8)
    for end in 0...bytes.count {
      let found = strings.filter { !$0.isEmpty && bytes[..<end].reversed().starts(with: $0.utf8.reversed()) }
      if let longest = found.max(by: { $0.utf8.count < $1.utf8.count }) {
        return (String(decoding: bytes[..<(end - longest.utf8.count)], as: UTF8.self), longest)
      }
    }
    return (text, nil)
  }

  @Test func textBeforeAStringIsHeldBackNoLongerThanItHasToBe() {
    var finder = StopStringFinder(["</end>", "<stop>"])
    #expect(finder.append("a<") == "a")
    #expect(finder.append("b</e") == "<b")
    #expect(finder.append("x") == "</ex")
    #expect(finder.append("<s") == "")
    #expect(finder.append("top>never") == "")
    #expect(finder.found == "<stop>")
    #expect(finder.append("again") == "")
    #expect(finder.finish() == "")
  }

  @Test func withoutStringsTextPassesThrough() {
    #expect(run(["a", "", "é"], []) == ("aé", nil))
    #expect(run(["a", "b"], [""]) == ("ab", nil))
  }

  /// Strings of which long beginnings are held, and which differ from the text far into them, cost no more than others.
  @Test(.timeLimit(.minutes(1))) func stringsLikeTheTextTakeNoLonger() {
    func text(_ count: Int) -> String { String(repeating: "a", count: count) }
    let strings = [text(1023) + "b"] + (500..<515).map { text($0) + String(repeating: "c", count: 1023 - $0) }
    let pieces = Array(repeating: text(100), count: 1000)
    #expect(run(pieces, strings) == (text(100_000), nil))
    #expect(run(pieces + ["b"], strings) == (text(98_977), strings[0]))
  }

  @Test func anyCutGivesTheSameText() {
    var random = SplitMix64()
    for _ in 0..<3000 {
      func word(_ longest: Int) -> String {
        (0..<Int.random(in: 0...longest, using: &random)).map { _ in
          ["a", "b", "é", "😀"].randomElement(using: &random) ?? ""
        }
        .joined()
      }
      let (text, strings) = (word(14), (0..<Int.random(in: 0...3, using: &random)).map { _ in word(3) })
      var pieces: [String] = [""]
      for character in text {
        if Bool.random(using: &random) { pieces.append("") }
        pieces[pieces.count - 1].append(character)
      }
      let (found, wanted) = (run(pieces, strings), expected(text, strings))
      #expect(found == wanted, "\(pieces), \(strings), seed \(SplitMix64.testSeed)")
    }
  }
}
